using Platform.Bench.Templates.Differential;
using Platform.Bench.Templates.Escaping;
using Platform.Bench.Templates.Fuzzing;
using Platform.Bench.Templates.Rendering;

// What of the template measures must run in .NET; bench/run starts it and reads what it prints.
return args switch
{
    ["lines"] => RenderLines.Run(Console.OpenStandardInput(), Console.OpenStandardOutput()),
    ["fuzz", var corpus, var folder, var count, var seed] => FuzzRun.Run(corpus, folder, long.Parse(count), ulong.Parse(seed)),
    ["escaping", var strings] => EscapingRun.Run(strings),
    ["engines", var page, var seconds, var rounds] => EngineRun.Run(page, int.Parse(seconds), int.Parse(rounds)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("templates lines | fuzz CORPUS FOLDER COUNT SEED | escaping STRINGS | engines PAGE SECONDS ROUNDS");
    return 2;
}
