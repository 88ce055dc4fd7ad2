/// <summary>Its class needs Gallery.Absent.dll, which is not beside it.</summary>
public sealed class MissingDependency : Gallery.Absent.Library, IPlugin
{
    public string Name => "missing-dependency";
}
