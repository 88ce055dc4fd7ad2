using Platform.Bench.Templates.Differential;
using Platform.Bench.Templates.Escaping;
using Platform.Bench.Templates.Fuzzing;
using Platform.Bench.Templates.Rendering;

// What of the template measures must run in .NET; bench/run starts it and reads what it prints.
return args switch
{
    ["lines"] => RenderLines.Run(Console.OpenStandardInput(), Console.OpenStandardOutput()),
    ["fuzz", var corpus, var folder, var count, var seed] => FuzzRun.Run(corpus, folder, long.Parse(count), ulong.Parse(seed)),
    ["input", var file] => OneInput.Run(file),
    ["escaping", var strings] => EscapingRun.Run(strings),
    ["engines", var bench, var milliseconds, var rounds, var warmup] => EngineRun.Run(bench, int.Parse(milliseconds), int.Parse(rounds), int.Parse(warmup)),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("templates lines | fuzz CORPUS FOLDER COUNT SEED | input FILE | escaping STRINGS | engines BENCH MILLISECONDS ROUNDS WARMUP");
    return 2;
}
