/// <summary>Throws in its static constructor.</summary>
public sealed class ThrowsInStaticConstructor : IPlugin
{
    static ThrowsInStaticConstructor() => throw new InvalidOperationException("the static constructor throws");

    public string Name => "throws-in-static-constructor";
}
