/// <summary>Throws in its constructor.</summary>
public sealed class ThrowsInConstructor : IPlugin
{
    public ThrowsInConstructor() => throw new InvalidOperationException("the constructor throws");

    public string Name => "throws-in-constructor";
}
