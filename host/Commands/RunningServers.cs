using System.Net.Sockets;
using Platform.Host.Configuration;

namespace Platform.Host.Commands;

/// <summary>The running servers of a site, found by their control sockets in its data folder.</summary>
public sealed class RunningServers
{
    /// <summary>Those of this config.yaml.</summary>
    public RunningServers(string configFile)
    {
        var read = ConfigurationReader.Read(configFile, SiteEnvironment.Variables(), SiteEnvironment.Options(null));
        // A broken config.yaml is no reason not to find the server that it has not stopped.
        DataFolder = Path.GetFullPath(read.Options?.Server.DataFolder ?? new ServerOptions().DataFolder, Path.GetDirectoryName(Path.GetFullPath(configFile))!);
    }

    /// <summary>Where their sockets are.</summary>
    public string DataFolder { get; }

    /// <summary>Asks each, one after the other.</summary>
    /// <returns>What those said that run; none where none does.</returns>
    public async Task<IReadOnlyList<ServerAnswer>> AskAsync(HttpMethod method, string command, CancellationToken cancel = default)
    {
        var answers = new List<ServerAnswer>();
        foreach (var socket in Directory.Exists(DataFolder) ? Directory.GetFiles(DataFolder, ControlSocket.Pattern) : [])
        {
            using var client = ControlSocket.Client(socket);
            try
            {
                using var request = new HttpRequestMessage(method, "http://localhost" + command);
                using var response = await client.SendAsync(request, cancel);
                answers.Add(new(socket, response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(cancel), null));
            }
            catch (HttpRequestException exception) when (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                // Left by a server that was killed.
                File.Delete(socket);
            }
            catch (Exception exception) when (exception is HttpRequestException || (exception is TaskCanceledException && !cancel.IsCancellationRequested))
            {
                // One that is another user's, ends while it answers, takes too long, or is no server.
                answers.Add(new(socket, false, "", exception.Message));
            }
        }

        return answers;
    }
}

/// <summary>What a server said.</summary>
/// <param name="Socket">Its control socket.</param>
/// <param name="IsDone">True where it did what it was asked.</param>
/// <param name="Text">Its answer.</param>
/// <param name="Error">Why it can't be asked; null where it answered.</param>
public sealed record ServerAnswer(string Socket, bool IsDone, string Text, string? Error);
