using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Platform.Host.Security;
using Platform.Sdk;

namespace Platform.Functional.Tests;

/// <summary>The real executable, serving a site on a free port. Disposing it stops it gracefully, and an exit code other than 0 fails the test.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    private readonly Process process;
    private readonly Task reading;
    private readonly HttpClient client;

    private RunningServer(Process process)
    {
        this.process = process;
        reading = Task.WhenAll(Log.ReadAsync(process.StandardOutput), Log.ReadAsync(process.StandardError)).ContinueWith(_ => Log.End(), TaskScheduler.Default);
        client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { Timeout = TimeSpan.FromSeconds(60) };
    }

    internal ServerLog Log { get; } = new();

    internal Uri Url { get; private set; } = null!;

    internal int ProcessId => process.Id;

    internal static async Task<RunningServer> StartAsync(TestSite site, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(Repository.Platform, ["serve", "--config", site.ConfigFile, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        var server = new RunningServer(Process.Start(start)!);
        var line = await server.Log.WaitForAsync("^listening on http://");
        server.Url = new Uri(line["listening on ".Length..].Trim());
        return server;
    }

    /// <summary>Somebody without cookies.</summary>
    /// <param name="host">The host they ask for; null: the address itself.</param>
    internal Visitor Visitor(string? host = null) => new(client, Url, host);

    /// <summary>Somebody who has signed in.</summary>
    internal Visitor SignedIn(string id, params string[] permissions) =>
        Visitor().WithCookie(VisitorCookie.Name, Ticket(id, TimeSpan.FromHours(1), permissions));

    /// <summary>The cookie of a user, signed with the key of the throw-away sites.</summary>
    internal static string Ticket(string id, TimeSpan life, params string[] permissions) =>
        new VisitorCookie(new Signer(SiteSecret.Load(TestSite.SecretKey, "")), TimeProvider.System).Write(new User(id, $"user {id}", permissions), life);

    internal Task<Reply> GetAsync(string path, params (string Name, string Value)[] headers) => Visitor().GetAsync(path, headers);

    internal async Task<JsonElement> HealthAsync() => (await GetAsync("/health")).Json;

    /// <summary>The state of a plugin as /health has it; null where it is not there.</summary>
    internal async Task<string?> PluginStateAsync(string name) =>
        (await HealthAsync()).GetProperty("plugins").EnumerateArray().Where(p => p.GetProperty("name").GetString() == name).Select(p => p.GetProperty("state").GetString()).SingleOrDefault();

    /// <summary>Changes files, and waits until the server has taken them up.</summary>
    /// <returns>Where the lines of this change begin in the log.</returns>
    internal async Task<int> ChangeAsync(Action change)
    {
        var from = Log.Count;
        change();
        await Log.WaitForAsync(@"generation \d+ in force", from);
        return from;
    }

    /// <summary>Asks for an orderly stop.</summary>
    internal void Terminate() => Assert.Equal(0, Kill(process.Id, SigTerm));

    /// <summary>Ends the process at once, as a crash would.</summary>
    internal async Task CrashAsync()
    {
        Assert.Equal(0, Kill(process.Id, SigKill));
        await process.WaitForExitAsync();
    }

    /// <summary>The exit code, once the process has ended.</summary>
    internal async Task<int> ExitAsync()
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(40));
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"The server did not stop within 40 s after SIGTERM. Its last lines:\n{Log.Tail}");
        }

        await reading;
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        var isRunning = !process.HasExited;
        if (isRunning)
        {
            Terminate();
            Assert.True(await ExitAsync() == 0, $"The server ended with exit code {process.ExitCode}; expected 0. Its last lines:\n{Log.Tail}");
        }

        client.Dispose();
        process.Dispose();
    }

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Kill(int process, int signal);
}
