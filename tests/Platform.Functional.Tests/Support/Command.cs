using System.Diagnostics;

namespace Platform.Functional.Tests;

/// <summary>A run of the executable that ends by itself.</summary>
internal static class Command
{
    internal static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync(Repository.Platform, "", arguments);

    /// <summary>A run of dotnet that reaches no network.</summary>
    internal static async Task<string> DotnetAsync(params string[] arguments)
    {
        var (exitCode, output, errors) = await RunAsync("dotnet", "http://127.0.0.1:1", arguments);
        Assert.True(exitCode == 0, $"\"dotnet {string.Join(' ', arguments)}\" ended with exit code {exitCode}:\n{output}{errors}");
        return output;
    }

    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string executable, string proxy, string[] arguments)
    {
        var start = new ProcessStartInfo(executable, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        if (proxy.Length > 0) (start.Environment["https_proxy"], start.Environment["http_proxy"], start.Environment["MSBUILDDISABLENODEREUSE"]) = (proxy, proxy, "1");
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"\"{executable} {string.Join(' ', arguments)}\" did not end within 120 s.");
        }

        return (process.ExitCode, await output, await errors);
    }
}
