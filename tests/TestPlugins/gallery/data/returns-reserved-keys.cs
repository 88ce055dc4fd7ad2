/// <summary>Keys that belong to the server, a template outside of the theme, headers that frame a message.</summary>
public sealed class ReturnsReservedKeys : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel) => new(new PageData
    {
        ["gallery"] = "reserved",
        ["_template_name"] = "../../../../config.yaml",
        ["user"] = new DataMap { ["id"] = "1", ["name"] = "root", ["is_anonymous"] = false },
        ["theme"] = "../../..",
        ["path"] = "/elsewhere",
        Headers = new Dictionary<string, string> { ["Content-Length"] = "1", ["X-Split"] = "a\r\nX-Forged: yes", ["Transfer-Encoding"] = "chunked" },
        Template = "../../../../config",
    });
}
