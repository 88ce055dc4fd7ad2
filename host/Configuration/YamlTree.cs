using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlStyle = YamlDotNet.Core.ScalarStyle;

namespace Platform.Host.Configuration;

/// <summary>
/// Reads YAML into nodes: one document of maps, lists and scalars. Tags, anchors and aliases are refused, for they
/// make a short file mean a long one.
/// </summary>
public static class YamlTree
{
    /// <summary>The document's root, where it can be read at all; what is wrong is added to <paramref name="problems"/>.</summary>
    public static Node? Read(SourceText source, DocumentLimits limits, ICollection<Problem> problems)
    {
        if (IndentedByTab(source) is { } tab)
        {
            problems.Add(tab.Problem("a tab in the indentation; expected spaces. Replace it."));
            return null;
        }

        var builder = new NodeBuilder(limits, problems);
        var at = new Position(source.Name, 1, 1);
        try
        {
            // The parser's events only: its object model recurses, and 40 KB of "[" would end the process.
            var parser = new Parser(new StringReader(source.Text));
            var documents = 0;
            while (!builder.IsRefused && parser.MoveNext())
            {
                at = At(source.Name, parser.Current!.Start);
                switch (parser.Current)
                {
                    case DocumentStart when ++documents > 1:
                        builder.Refuse(at, "a second document; expected one. Remove the line \"---\" or what follows it.");
                        break;
                    case AnchorAlias alias:
                        problems.Add(at.Problem($"the alias *{Quoted.Escape(alias.Value.Value)}; expected the value itself. Write it out."));
                        builder.Add(Node.Null(at));
                        break;
                    case NodeEvent node:
                        CheckPlain(node, at, problems);
                        Append(node, at, builder);
                        break;
                    case MappingEnd or SequenceEnd:
                        builder.Close();
                        break;
                }
            }
        }
        catch (YamlException broken)
        {
            builder.Refuse(At(source.Name, broken.Start), NotYaml(broken));
        }
        catch (Exception defect)
        {
            // On some input the parser fails in its own code: ArgumentException for "!!]", InvalidOperationException for a quote behind an open map.
            builder.Refuse(at, NotYaml(defect));
        }

        if (builder.IsRefused) return null;
        return builder.Root ?? Node.Null(new(source.Name, 1, 1));
    }

    private static string NotYaml(Exception broken) =>
        $"not YAML ({Quoted.Escape(broken.Message.TrimEnd('.'), 160)}); expected \"key: value\" lines, indented by spaces. Nothing of the file is used.";

    // YAML forbids it; the parser counts it as one column, which is hardly what the editor showed.
    private static Position? IndentedByTab(SourceText source)
    {
        var line = 0;
        foreach (var text in source.Text.AsSpan().EnumerateLines())
        {
            line++;
            var indentation = text[..^text.TrimStart(" \t").Length];
            var tab = indentation.IndexOf('\t');
            if (tab >= 0 && indentation.Length < text.Length && text[indentation.Length] != '#') return new(source.Name, line, tab + 1);
        }

        return null;
    }

    private static void Append(NodeEvent node, Position at, NodeBuilder builder)
    {
        switch (node)
        {
            case MappingStart:
                builder.Open(NodeKind.Map, at);
                break;
            case SequenceStart:
                builder.Open(NodeKind.List, at);
                break;
            case Scalar { Style: YamlStyle.Plain, Value: "" or "~" or "null" or "Null" or "NULL" }:
                builder.Add(Node.Null(at));
                break;
            case Scalar scalar:
                builder.Add(Node.Scalar(scalar.Value, scalar.Style == YamlStyle.Plain ? ScalarStyle.Plain : ScalarStyle.Quoted, at));
                break;
        }
    }

    private static void CheckPlain(NodeEvent node, Position at, ICollection<Problem> problems)
    {
        if (!node.Anchor.IsEmpty) problems.Add(at.Problem($"the anchor &{Quoted.Escape(node.Anchor.Value)}; expected a plain value. Remove it."));
        if (!node.Tag.IsEmpty) problems.Add(at.Problem($"the tag {Quoted.Escape(node.Tag.Value)}; expected a plain value. Remove it."));
    }

    private static Position At(string name, Mark mark) => new(name, (int)mark.Line, (int)mark.Column);
}
