using Platform.Sdk;

namespace Platform.TestPlugins;

public sealed class BadConstructor : IPlugin
{
    public BadConstructor() => throw new InvalidOperationException("the constructor fails on purpose");

    public string Name => "bad-constructor";
}
