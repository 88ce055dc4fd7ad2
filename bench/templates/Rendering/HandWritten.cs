using System.Buffers;
using Platform.Sdk;

namespace Platform.Bench.Templates.Rendering;

/// <summary>The page of bench/page as one would write it by hand for this page alone: the ceiling for any engine.</summary>
internal static class HandWritten
{
    public static void Render(DataMap model, IBufferWriter<byte> output)
    {
        var page = new Utf8Page(output);
        var site = Map(model["site"]);
        var meta = Map(model["meta"]);
        Header(ref page, model, site, meta);
        page.Put("<div class=\"layout\">\n"u8);
        Sidebar(ref page, Map(model["sidebar"]));
        page.Put("<main id=\"content\">\n<h1>"u8);
        page.Text(model["title"]);
        page.Put("</h1>\n"u8);
        if (IsTrue(model["notice"]))
        {
            page.Put("<p class=\"notice\">"u8);
            page.Text(model["notice"]);
            page.Put("</p>"u8);
        }

        page.Put("\n<ul class=\"items\">\n"u8);
        foreach (var item in List(model["items"])) Item(ref page, Map(item));
        page.Put("</ul>\n</main>\n</div>\n"u8);
        Footer(ref page, model, site);
        page.Complete();
    }

    private static void Header(ref Utf8Page page, DataMap model, DataMap site, DataMap meta)
    {
        page.Put("<!DOCTYPE html>\n<html lang=\""u8);
        page.Text(meta["lang"]);
        page.Put("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"u8);
        page.Text(model["title"]);
        page.Put(" - "u8);
        page.Text(site["name"]);
        page.Put("</title>\n<meta name=\"description\" content=\""u8);
        page.Text(meta["description"]);
        page.Put("\">\n<link rel=\"stylesheet\" href=\"/static/site.css\">\n</head>\n<body>\n<header class=\"top\"><a class=\"logo\" href=\""u8);
        page.Text(model["homeUrl"]);
        page.Put("\">"u8);
        page.Text(site["name"]);
        page.Put("</a>\n<nav>"u8);
        foreach (var entry in List(model["nav"]))
        {
            var link = Map(entry);
            page.Put("<a href=\""u8);
            page.Text(link["url"]);
            page.Put(IsTrue(link["active"]) ? "\" class=\"on\">"u8 : "\">"u8);
            page.Text(link["label"]);
            page.Put("</a>"u8);
        }

        page.Put("</nav>\n</header>\n"u8);
    }

    private static void Sidebar(ref Utf8Page page, DataMap sidebar)
    {
        page.Put("<aside class=\"side\"><h2>"u8);
        page.Text(sidebar["title"]);
        page.Put("</h2>\n<ul>"u8);
        foreach (var entry in List(sidebar["links"]))
        {
            var link = Map(entry);
            page.Put("<li><a href=\""u8);
            page.Text(link["url"]);
            page.Put("\">"u8);
            page.Text(link["label"]);
            page.Put("</a></li>"u8);
        }

        page.Put("</ul>\n<div class=\"rich\">"u8);
        page.Html(sidebar["html"]);
        page.Put("</div>\n</aside>\n"u8);
    }

    private static void Item(ref Utf8Page page, DataMap item)
    {
        page.Put(IsTrue(item["pinned"]) ? "<li class=\"item pinned\" id=\"i"u8 : "<li class=\"item\" id=\"i"u8);
        page.Text(item["id"]);
        page.Put("\"><a href=\""u8);
        page.Text(item["url"]);
        page.Put("\">"u8);
        page.Text(item["title"]);
        page.Put("</a><p>"u8);
        page.Text(item["summary"]);
        page.Put("</p><em>"u8);
        page.Text(Map(item["author"])["name"]);
        page.Put("</em> <b>"u8);
        page.Text(item["views"]);
        page.Put("</b></li>\n"u8);
    }

    private static void Footer(ref Utf8Page page, DataMap model, DataMap site)
    {
        page.Put("<footer class=\"bottom\"><p>&copy; "u8);
        page.Text(site["year"]);
        page.Put(" "u8);
        page.Text(site["name"]);
        page.Put("</p>\n<p>"u8);
        if (!IsTrue(site["private"]))
        {
            page.Put("<a href=\""u8);
            page.Text(model["returnUrl"]);
            page.Put("\">Back</a>"u8);
        }

        page.Put(" "u8);
        page.Text(site["tagline"]);
        page.Put("</p></footer>\n</body>\n</html>\n"u8);
    }

    private static DataMap Map(object? value) => (DataMap)value!;

    private static DataList List(object? value) => (DataList)value!;

    private static bool IsTrue(object? value) => value switch
    {
        null => false,
        bool flag => flag,
        string text => text.Length > 0,
        long number => number != 0,
        double number => number != 0 && !double.IsNaN(number),
        DataList list => list.Count > 0,
        _ => true,
    };
}
