// What Kestrel does by itself. kestrel bare|bare-inline|output-cache URL PAGE_FILE
using Platform.Bench.Kestrel;

if (args is not [var mode, var url, var file])
{
    Console.Error.WriteLine($"arguments: {args.Length} found; expected bare|bare-inline|output-cache URL PAGE_FILE.");
    return 2;
}

WebApplication? server = mode switch
{
    "bare" => BareServer.Build(url, File.ReadAllBytes(file), inline: false),
    "bare-inline" => BareServer.Build(url, File.ReadAllBytes(file), inline: true),
    "output-cache" => OutputCacheServer.Build(url, File.ReadAllText(file)),
    _ => null,
};
if (server is null)
{
    Console.Error.WriteLine($"mode: '{mode}' found; expected bare, bare-inline or output-cache.");
    return 2;
}

await server.RunAsync();
return 0;
