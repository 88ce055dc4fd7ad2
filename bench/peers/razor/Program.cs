// The measured page as a Razor page, made anew for each request. razor URL MODEL_FILE
using System.Text.Json;
using Platform.Bench.Razor;

if (args is not [var url, var file])
{
    Console.Error.WriteLine($"arguments: {args.Length} found; expected URL MODEL_FILE.");
    return 2;
}

var model = JsonSerializer.Deserialize<PageContent>(await File.ReadAllBytesAsync(file), JsonSerializerOptions.Web) ?? throw new InvalidOperationException($"{file}: null found; expected the page's data.");
var builder = WebApplication.CreateSlimBuilder();
builder.Logging.ClearProviders();
builder.Services.AddRazorPages();
builder.Services.AddSingleton(model);
var server = builder.Build();
server.Urls.Add(url);
server.MapRazorPages();
await server.RunAsync();
return 0;
