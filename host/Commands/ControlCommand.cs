using System.Net.Sockets;
using Platform.Host.Configuration;

namespace Platform.Host.Commands;

/// <summary>Asks the running servers of a site something over their control sockets.</summary>
public static class ControlCommand
{
    /// <summary>Asks each server, and prints what it says.</summary>
    /// <returns>0 where every server did it, 1 where one did not or none runs.</returns>
    public static async Task<int> RunAsync(string configFile, HttpMethod method, string command)
    {
        var read = ConfigurationReader.Read(configFile, SiteEnvironment.Variables(), SiteEnvironment.Options(null));
        // A broken config.yaml is no reason not to find the server that it has not stopped.
        var data = Path.GetFullPath(read.Options?.Server.DataFolder ?? new ServerOptions().DataFolder, Path.GetDirectoryName(Path.GetFullPath(configFile))!);
        var (asked, done) = (0, true);
        foreach (var socket in Directory.Exists(data) ? Directory.GetFiles(data, ControlSocket.Pattern) : [])
        {
            using var client = ControlSocket.Client(socket);
            try
            {
                using var request = new HttpRequestMessage(method, "http://localhost" + command);
                using var response = await client.SendAsync(request);
                asked++;
                done &= response.IsSuccessStatusCode;
                Console.Write(await response.Content.ReadAsStringAsync());
            }
            catch (Exception exception) when (exception is TaskCanceledException or HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.AccessDenied } })
            {
                asked++;
                done = false;
                await Console.Error.WriteLineAsync($"platform: {socket}: {exception.Message}");
            }
            catch (HttpRequestException exception) when (exception.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                // Left by a server that was killed.
                File.Delete(socket);
            }
        }

        if (asked == 0) await Console.Error.WriteLineAsync($"platform: no server runs for {Path.GetFullPath(configFile)}; expected a control socket in {data}. Start one with \"platform serve\".");
        return asked > 0 && done ? 0 : 1;
    }
}
