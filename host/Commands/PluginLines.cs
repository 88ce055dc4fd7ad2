using System.Text.Json;
using Platform.Host.Configuration;
using Platform.Host.Plugins.Packages;

namespace Platform.Host.Commands;

/// <summary>The last lines of the log about a plugin, and those that come.</summary>
public sealed class PluginLines(string configFile, string name)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(300);

    private readonly RunningServers servers = new(configFile);
    private readonly Dictionary<string, long> seen = new(StringComparer.Ordinal);

    /// <summary>Prints them.</summary>
    /// <param name="count">At most so many.</param>
    /// <param name="isFollowed">Goes on with new ones until cancelled.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>The exit code.</returns>
    public async Task<int> PrintAsync(int count, bool isFollowed, CancellationToken cancel)
    {
        if (!Names.TryParsePlugin(name, out _, out var complaint)) throw new PackageException($"NAME: {complaint}");
        if (await PrintAsync(count, cancel) is not { } printed) throw new PackageException("no server runs, and the lines are kept by the server; look into its log file (logging.file).");
        if (printed == 0 && !isFollowed) await SayNothingAsync();
        try
        {
            while (isFollowed)
            {
                await Task.Delay(Pause, cancel);
                if (await PrintAsync(int.MaxValue, cancel) is null) throw new PackageException("the server has stopped.");
            }
        }
        catch (OperationCanceledException)
        {
            // Ctrl-C is how it ends.
        }

        return 0;
    }

    /// <returns>How many lines came; null where no server runs.</returns>
    private async Task<int?> PrintAsync(int count, CancellationToken cancel)
    {
        // A server that has started anew counts from the beginning again; of all that run the one that is behind decides, and what was printed is left out.
        var after = seen.Count == 0 ? 0 : seen.Values.Min();
        var answers = await servers.AskAsync(HttpMethod.Get, $"/plugins/log?name={Uri.EscapeDataString(name)}&n={count}&after={(seen.Count > 1 ? 0 : after)}", cancel);
        if (answers.Count == 0) return null;
        var printed = 0;
        foreach (var answer in answers.Where(answer => answer.IsDone))
        {
            using var document = JsonDocument.Parse(answer.Text);
            var id = document.RootElement.GetProperty("id").GetString()!;
            foreach (var line in document.RootElement.GetProperty("lines").EnumerateArray())
            {
                var number = line[0].GetInt64();
                if (number <= seen.GetValueOrDefault(id)) continue;
                (seen[id], printed) = (number, printed + 1);
                Console.WriteLine(line[1].GetString());
            }
        }

        return printed;
    }

    private async Task SayNothingAsync()
    {
        var known = new List<string>();
        foreach (var answer in await servers.AskAsync(HttpMethod.Get, "/plugins"))
        {
            using var document = JsonDocument.Parse(answer.Text);
            known.AddRange(document.RootElement.EnumerateArray().Select(row => row.GetProperty("name").GetString()!));
        }

        if (!known.Contains(name)) throw new PackageException(PluginsFolder.Unknown(name, known));
        await Console.Error.WriteLineAsync($"platform: nothing about {name} since the server's start");
    }
}
