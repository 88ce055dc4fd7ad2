using Platform.Sdk;

public sealed class Typography : IPlugin, ITemplateHelpers
{
    public string Name => "typography";

    public IReadOnlyList<TemplateHelper> Helpers { get; } =
    [
        TemplateHelper.Value("initials", call => string.Concat(call.Text(0).Split(' ').Select(word => word[..1]))),
        TemplateHelper.Value("phone", call => new Html($"<a href=\"tel:{Html.Escape(call.Text(0))}\">{Html.Escape(call["label"] as string ?? "Call")}</a>")),
        TemplateHelper.Block("rows", Rows),
    ];

    private static void Rows(TemplateBlock block)
    {
        if (block[1] is not long size || size < 1) throw new ArgumentException($"the size is '{block.Text(1)}'; expected a whole number from 1.");
        var items = block[0] as IReadOnlyList<object?> ?? [];
        if (items.Count == 0) block.RenderElse(block.Context);
        foreach (var row in items.Chunk((int)size)) block.Render(block.Context, null, new DataList(row));
    }
}
