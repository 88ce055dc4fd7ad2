using System.Threading.Tasks;
using Platform.Sdk;

/// <summary>Built for a Platform.Sdk 9.0.0.0, whose types this server does not have.</summary>
public sealed class OtherSdk : IPlugin
{
    public string Name => "other-sdk";

    public Task<PluginAnswer> AnswerAsync(PluginQuestion question) => Task.FromResult(new PluginAnswer("from another world"));
}
