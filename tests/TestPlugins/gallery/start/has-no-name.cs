/// <summary>Returns null where it can.</summary>
public sealed class HasNoName : IPlugin
{
    public string Name => null!;
}
