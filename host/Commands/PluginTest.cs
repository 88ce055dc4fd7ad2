using System.Diagnostics;
using Platform.Host.Plugins;
using Platform.Host.Plugins.Packages;
using Platform.Host.Plugins.Testing;

namespace Platform.Host.Commands;

/// <summary>Looks at an author's plugin, each assertion in a child process of its own: one that ends its process fails, and the rest is looked at all the same.</summary>
public static class PluginTest
{
    /// <summary>What a child may take.</summary>
    private const long MostMemory = 512L << 20;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    /// <summary>Looks at everything, and says it line by line.</summary>
    /// <param name="path">The plugin's folder or assembly.</param>
    /// <param name="pages">Handlers and URL paths that are its own.</param>
    /// <param name="only">A part of the sentences of those to look at; null: all.</param>
    /// <param name="cancel">Ends it.</param>
    /// <returns>0 where nothing failed, else 1.</returns>
    public static async Task<int> RunAsync(string path, IReadOnlyList<string> pages, string? only, CancellationToken cancel)
    {
        try
        {
            TestSubject.At(path, pages);
        }
        catch (PluginStartException refusal)
        {
            throw new PackageException(refusal.Message);
        }

        var (passed, failed) = (0, 0);
        for (var i = 0; i < PluginAssertion.All.Count; i++)
        {
            var sentence = PluginAssertion.All[i].Sentence;
            if (only is not null && !sentence.Contains(only, StringComparison.OrdinalIgnoreCase)) continue;
            var finding = await LookAsync(path, pages, i, cancel);
            if (finding.Holds) passed++;
            else failed++;
            Console.WriteLine($"{(finding.Holds ? "ok" : "failed")} {sentence}{(finding.Detail.Length == 0 ? "" : finding.Holds ? $" (warning: {finding.Detail})" : $": {finding.Detail}")}");
            // Of one that does not start there is nothing else to say.
            if (i == 0 && !finding.Holds) break;
        }

        if (passed + failed == 0) throw new PackageException($"--only: no assertion holds \"{only}\"; expected a part of one of: {string.Join("; ", PluginAssertion.All.Select(assertion => assertion.Sentence))}.");
        Console.WriteLine($"{passed} passed, {failed} failed");
        return failed == 0 ? 0 : 1;
    }

    /// <summary>The child: looks at one assertion, and writes what it found into a file, for what a plugin prints is no answer.</summary>
    /// <returns>0 once it has looked.</returns>
    public static async Task<int> RunOneAsync(string path, IReadOnlyList<string> pages, int assertion, string report)
    {
        PluginFinding finding;
        try
        {
            finding = await PluginAssertion.All[assertion].LookAsync(TestSubject.At(path, pages));
        }
        catch (Exception exception)
        {
            finding = new(false, exception is PluginStartException ? exception.Message : PluginException.MessageOf(exception));
        }

        await File.WriteAllTextAsync(report, $"{(finding.Holds ? "+" : "-")}{finding.Detail}");
        // Threads of the plugin do not keep the process.
        Environment.Exit(0);
        return 0;
    }

    private static async Task<PluginFinding> LookAsync(string path, IReadOnlyList<string> pages, int assertion, CancellationToken cancel)
    {
        var report = Path.GetTempFileName();
        try
        {
            using var child = Start(path, pages, assertion, report);
            var (output, errors) = (Tail(child.StandardOutput), Tail(child.StandardError));
            try
            {
                await child.WaitForExitAsync(cancel).WaitAsync(Limit, cancel);
            }
            catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
            {
                child.Kill(entireProcessTree: true);
                if (exception is OperationCanceledException) throw;
                return new(false, $"not done after {Limit.TotalSeconds:0} s");
            }

            var found = await File.ReadAllTextAsync(report, cancel);
            if (found.Length > 0) return new(found[0] == '+', found[1..].ReplaceLineEndings(" "));
            var last = await errors is { Length: > 0 } text ? text : await output;
            return new(false, $"the process ended with exit code {child.ExitCode}{(last.Length == 0 ? "" : $": {last}")}");
        }
        finally
        {
            File.Delete(report);
        }
    }

    private static Process Start(string path, IReadOnlyList<string> pages, int assertion, string report)
    {
        var executable = Environment.ProcessPath!;
        List<string> arguments = ["plugin", "test-run", Path.GetFullPath(path), $"{assertion}", report, .. pages.SelectMany(page => new[] { "--page", page })];
        if (Path.GetFileNameWithoutExtension(executable) == "dotnet") arguments.Insert(0, typeof(PluginTest).Assembly.Location);
        var start = new ProcessStartInfo(executable, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = $"0x{MostMemory:x}";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        var child = Process.Start(start)!;
        child.StandardInput.Close();
        return child;
    }

    /// <summary>The first line of what a process prints, for messages; the rest is read and let go.</summary>
    private static async Task<string> Tail(StreamReader stream)
    {
        var (buffer, kept) = (new char[4096], "");
        for (int count; (count = await stream.ReadAsync(buffer)) > 0;)
        {
            if (kept.Length < 400) kept += new string(buffer, 0, count);
        }

        var line = kept.Split('\n').FirstOrDefault(text => text.Trim().Length > 0) ?? "";
        return string.Concat(line.Take(200).Select(c => char.IsControl(c) ? ' ' : c)).Trim();
    }
}
