using Platform.Sdk;

namespace BasSite.Tests;

public sealed class PluginTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("index")]
    [InlineData("news_list")]
    [InlineData("article")]
    [InlineData("search")]
    [InlineData("about")]
    [InlineData("feed")]
    [InlineData("/warning")]
    public async Task DataFor_EveryPage_ReadsNothingThatBelongsToOneVisitor(string handler)
    {
        var plugin = await Plugin();
        var request = new RequestParameter { RouteValues = Map(("slug", "the-long-ebb")), Query = Map(("q", "tide")) };

        var page = await plugin.DataForAsync(handler, request, Cancel);

        Assert.NotNull(page);
        Assert.Null(page.Status);
        Assert.Equal(RequestPart.None, request.Reads.Parts & ~(RequestPart.Path | RequestPart.Query));
    }

    [Theory]
    [InlineData("index")]
    [InlineData("news_list")]
    [InlineData("article")]
    [InlineData("search")]
    [InlineData("about")]
    [InlineData("feed")]
    [InlineData("/warning")]
    [InlineData("")]
    public async Task Manifest_SaysEveryKeyThatAPageGets(string handler)
    {
        var plugin = await Plugin();
        var request = new RequestParameter { RouteValues = Map(("slug", "the-long-ebb")), Query = Map(("q", "tide")) };
        var provided = File.ReadAllLines(Path.Combine(Folder(), "plugin.yaml")).SkipWhile(line => line != "provides:").Where(line => line.StartsWith("  - ", StringComparison.Ordinal)).Select(line => line[4..]).ToList();

        var page = handler.Length == 0 ? await plugin.GlobalDataAsync(request, Cancel) : await plugin.DataForAsync(handler, request, Cancel);

        // Below a key that no other continues anything may be; what is nothing on this page may be a map on another.
        Assert.DoesNotContain(Keys("", page!), key => !provided.Exists(said => said == key || IsBelow(said, key) || (IsBelow(key, said) && !provided.Exists(more => IsBelow(more, said)))));
    }

    [Fact]
    public async Task DataFor_UnknownPath_IsNotMine() =>
        Assert.Null(await (await Plugin()).DataForAsync("/nope", new RequestParameter(), Cancel));

    [Fact]
    public async Task GlobalData_ReadsNothing()
    {
        var plugin = await Plugin();
        var request = new RequestParameter();

        var data = await plugin.GlobalDataAsync(request, Cancel);

        Assert.Equal(RequestPart.None, request.Reads.Parts);
        Assert.Equal(3, ((DataList)data!["latest"]!).Count);
    }

    [Theory]
    [InlineData("list", "page", "0", 400, "parameter_invalid", "page: ")]
    [InlineData("list", "page", "99", 400, "parameter_invalid", "page: ")]
    [InlineData("list", "tag", "nobody", 400, "parameter_invalid", "tag: ")]
    [InlineData("get", "x", "", 400, "parameter_invalid", "slug: ")]
    [InlineData("get", "id", "seven", 400, "parameter_invalid", "id: ")]
    [InlineData("get", "id", "999", 404, "article_unknown", "There is no article with the id 999.")]
    [InlineData("get", "slug", "nope", 404, "article_unknown", "There is no article with the slug 'nope'.")]
    public async Task Api_BadCall_FailsWithCode(string method, string key, string value, int status, string code, string message)
    {
        var answer = await Call("news", "article", method, (key, value));

        Assert.Equal((status, code), (answer!.Status, answer.Code));
        Assert.StartsWith(message, answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_List_GivesPagesOfItems()
    {
        var list = (DataMap)(await Call("news", "article", "list", ("page", "2")))!.Value!;

        Assert.Equal((2L, 4L, 17L), (list["page"], list["pages"], list["total"]));
        Assert.Equal(5, ((DataList)list["items"]!).Count);
    }

    [Fact]
    public async Task Api_GetByIdAndBySlug_GiveTheSame()
    {
        var byId = (DataMap)(await Call("news", "article", "get", ("id", "17")))!.Value!;
        var bySlug = (DataMap)(await Call("news", "article", "get", ("slug", "the-long-ebb")))!.Value!;

        Assert.Equal(byId["content"], bySlug["content"]);
    }

    [Theory]
    [InlineData("shop", "article", "list")]
    [InlineData("news", "author", "list")]
    [InlineData("news", "article", "delete")]
    public async Task Api_OfAnother_IsNotMine(string app, string module, string method) => Assert.Null(await Call(app, module, method));

    private static async Task<ApiResult?> Call(string app, string module, string method, params (string, string)[] query) =>
        await (await Plugin()).ApiDispatchAsync(app, new RequestParameter { App = app, Module = module, Method = method, Query = Map(query) }, Cancel);

    private static async Task<IPlugin> Plugin()
    {
        IPlugin plugin = new BasSitePlugin();
        await plugin.InitAsync(new PluginConfig { Settings = [], Application = [], ConfigPath = "", Folder = Folder() }, Cancel);
        return plugin;
    }

    private static bool IsBelow(string key, string above) => key.Length > above.Length && key.StartsWith(above, StringComparison.Ordinal) && key[above.Length] is '.' or '[';

    private static IEnumerable<string> Keys(string path, object? value) => value switch
    {
        DataMap map => map.SelectMany(entry => Keys(path.Length == 0 ? entry.Key : $"{path}.{entry.Key}", entry.Value)),
        DataList { Count: > 0 } list => list.SelectMany(entry => Keys(path + "[]", entry)),
        _ => [path],
    };

    private static string Folder()
    {
        var up = new DirectoryInfo(AppContext.BaseDirectory);
        while (!Directory.Exists(Path.Combine(up.FullName, "plugins", "bas-site", "content"))) up = up.Parent!;
        return Path.Combine(up.FullName, "plugins", "bas-site");
    }

    private static Dictionary<string, string> Map(params (string Key, string Value)[] pairs) => pairs.ToDictionary(p => p.Key, p => p.Value);
}
