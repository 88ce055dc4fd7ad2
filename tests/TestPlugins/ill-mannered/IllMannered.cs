using System.Globalization;
using Platform.Sdk;

namespace Platform.TestPlugins;

public sealed class IllMannered : IPlugin
{
    private string does = "";

    public string Name => "ill-mannered";

    public ValueTask InitAsync(PluginConfig config, CancellationToken cancel)
    {
        does = config.Settings["does"] as string ?? "";
        return ValueTask.CompletedTask;
    }

    public async ValueTask<PageData?> DataForAsync(string path, RequestParameter request, CancellationToken cancel)
    {
        switch (does)
        {
            case "exits": Environment.Exit(3); break;
            case "overflows": Deeper(0); break;
            case "throws on a thread": new Thread(() => throw new InvalidOperationException("thrown on purpose")).Start(); break;
            case "forgets to await": Forgotten(); break;
            case "throws at odd paths": return path == "/NaN" ? throw new InvalidOperationException("NaN on purpose") : null;
            case "changes folder": Environment.CurrentDirectory = Path.GetTempPath(); break;
            case "changes culture": CultureInfo.DefaultThreadCurrentCulture = new CultureInfo(""); break;
            case "changes console": Console.SetOut(TextWriter.Null); break;
            case "leaves a thread": new Thread(() => Thread.Sleep(Timeout.Infinite)) { IsBackground = true, Name = "left behind" }.Start(); break;
            case "ignores tokens": await Task.Delay(3000, CancellationToken.None); break;
            case "counts": return new() { ["count"] = Random.Shared.Next() };
            case "prints": Console.WriteLine("+all is well"); break;
        }

        return null;
    }

    private static async void Forgotten()
    {
        await Task.Yield();
        throw new InvalidOperationException("thrown on purpose");
    }

    private static int Deeper(int level) => level < 0 ? level : Deeper(level + 1) + Deeper(level + 2);
}
