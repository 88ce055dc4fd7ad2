using System.Diagnostics;

namespace Platform.Functional.Tests;

/// <summary>A run of the executable that ends by itself.</summary>
internal static class Command
{
    internal static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Repository.Platform, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            process.Kill();
            Assert.Fail($"\"platform {string.Join(' ', arguments)}\" did not end within 60 s.");
        }

        return (process.ExitCode, await output, await errors);
    }
}
