using System.Text.Json;
using Platform.Bench.Isolation;

// What of the plugin measures must run in .NET; bench/run starts it and reads what it prints.
switch (args)
{
    case ["frames", var count, var seed]:
        Console.WriteLine(JsonSerializer.Serialize(await new FrameRun(ulong.Parse(seed)).RunAsync(long.Parse(count))));
        return 0;
    case ["call", var milliseconds, var rounds]:
        Console.WriteLine(JsonSerializer.Serialize(await CallRun.RunAsync(int.Parse(milliseconds), int.Parse(rounds))));
        return 0;
    default:
        Console.Error.WriteLine("isolation frames COUNT SEED | call MILLISECONDS ROUNDS");
        return 2;
}
