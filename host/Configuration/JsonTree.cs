using System.Text;
using System.Text.Json;

namespace Platform.Host.Configuration;

/// <summary>Reads JSON into nodes, each with line and column: no comments, no trailing commas, each key once.</summary>
public static class JsonTree
{
    /// <summary>The document's root, where it can be read at all; what is wrong is added to <paramref name="problems"/>.</summary>
    public static Node? Read(SourceText source, DocumentLimits limits, ICollection<Problem> problems)
    {
        var builder = new NodeBuilder(limits, problems);
        var bytes = source.Bytes.Span;
        var place = new Place(source.Name);
        try
        {
            // The builder's own limit speaks first and in its own words.
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = limits.MaxDepth + 2, CommentHandling = JsonCommentHandling.Allow });
            while (!builder.IsRefused && reader.Read())
            {
                var at = place.MoveTo(bytes, (int)reader.TokenStartIndex);
                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        builder.Open(NodeKind.Map, at);
                        break;
                    case JsonTokenType.StartArray:
                        builder.Open(NodeKind.List, at);
                        break;
                    case JsonTokenType.EndObject or JsonTokenType.EndArray:
                        builder.Close();
                        break;
                    case JsonTokenType.PropertyName or JsonTokenType.String:
                        builder.Add(Node.Scalar(Text(ref reader, at, problems), ScalarStyle.Quoted, at));
                        break;
                    case JsonTokenType.Comment:
                        problems.Add(at.Problem("a comment; expected JSON, which has none. Remove it, or write it as \"description\"."));
                        break;
                    case JsonTokenType.Null:
                        builder.Add(Node.Null(at));
                        break;
                    default:
                        builder.Add(Node.Scalar(Encoding.UTF8.GetString(reader.ValueSpan), ScalarStyle.Plain, at));
                        break;
                }
            }
        }
        catch (JsonException broken)
        {
            builder.Refuse(At(source, broken), $"not JSON ({Sentence(broken.Message)}); expected a JSON document. Nothing of the file is used.");
        }

        return builder.IsRefused ? null : builder.Root;
    }

    private static string Text(ref Utf8JsonReader reader, Position at, ICollection<Problem> problems)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            problems.Add(at.Problem("half of a surrogate pair as \\u escape; expected text. Write the character itself."));
            return "";
        }
    }

    private static Position At(SourceText source, JsonException broken)
    {
        var line = (int)(broken.LineNumber ?? 0);
        var bytes = source.Bytes.Span;
        for (var skipped = 0; skipped < line; skipped++) bytes = bytes[(bytes.IndexOf((byte)'\n') + 1)..];
        var before = bytes[..(int)Math.Min(broken.BytePositionInLine ?? 0, bytes.Length)];
        return new(source.Name, line + 1, Encoding.UTF8.GetCharCount(before) + 1);
    }

    // "'}' is invalid after a value. LineNumber: 3 | BytePositionInLine: 4." speaks of lines and bytes from 0.
    private static string Sentence(string message)
    {
        var end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var sentence = (end < 0 ? message : message[..end]).Replace(" which is not supported in this mode. Change the reader options.", "", StringComparison.Ordinal);
        return Quoted.Escape(sentence.TrimEnd('.'), 160);
    }

    /// <summary>Turns ascending byte offsets into lines and columns, each byte looked at once.</summary>
    private sealed class Place(string file)
    {
        private int offset;
        private int line = 1;
        private int column = 1;

        public Position MoveTo(ReadOnlySpan<byte> bytes, int target)
        {
            var passed = bytes[offset..target];
            var lastBreak = passed.LastIndexOf((byte)'\n');
            if (lastBreak >= 0)
            {
                line += passed.Count((byte)'\n');
                passed = passed[(lastBreak + 1)..];
                column = 1;
            }

            column += Encoding.UTF8.GetCharCount(passed);
            offset = target;
            return new(file, line, column);
        }
    }
}
