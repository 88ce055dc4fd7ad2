// What a Platform.Sdk of another major version might look like: a plugin has to answer through other types.
using System.Threading.Tasks;

[assembly: System.Reflection.AssemblyVersion("9.0.0.0")]

namespace Platform.Sdk
{
    public interface IPlugin
    {
        string Name { get; }

        Task<PluginAnswer> AnswerAsync(PluginQuestion question);
    }

    public sealed class PluginAnswer
    {
        public PluginAnswer(string text) => Text = text;

        public string Text { get; }
    }

    public sealed class PluginQuestion
    {
        public string Path { get; set; } = "";
    }
}
