using System.Text.Json;

namespace Platform.Host.Commands;

/// <summary>Asks all running servers to take up a plugin's place as it now is.</summary>
public sealed class PluginReloads(RunningServers servers)
{
    /// <summary>Asks.</summary>
    public async Task<IReadOnlyList<PluginReload>> AskAsync(string name)
    {
        // Not cancelled: a change that was made is confirmed or undone.
        var answers = await servers.AskAsync(HttpMethod.Post, $"/plugins/reload?name={Uri.EscapeDataString(name)}", CancellationToken.None);
        return [.. answers.Select(Read)];
    }

    private static PluginReload Read(ServerAnswer answer)
    {
        if (!answer.IsDone) return new(false, false, false, "", [$"{answer.Socket}: {answer.Error ?? "the server could not reload"}"]);
        using var document = JsonDocument.Parse(answer.Text);
        var root = document.RootElement;
        return new(
            root.GetProperty("loaded").GetBoolean(),
            root.GetProperty("current").GetBoolean(),
            root.GetProperty("disabled").GetBoolean(),
            root.GetProperty("version").GetString()!,
            [.. root.GetProperty("problems").EnumerateArray().Select(problem => problem.GetString()!)]);
    }
}

/// <summary>What a server has made of a plugin's place.</summary>
/// <param name="IsLoaded">A plugin of that name serves, whichever version.</param>
/// <param name="IsCurrent">What serves is what lies there now.</param>
/// <param name="IsDisabled">It is switched off, by plugins/.disabled or config.yaml.</param>
/// <param name="Version">The version that serves.</param>
/// <param name="Problems">What is wrong with the plugin's files.</param>
public sealed record PluginReload(bool IsLoaded, bool IsCurrent, bool IsDisabled, string Version, IReadOnlyList<string> Problems);
