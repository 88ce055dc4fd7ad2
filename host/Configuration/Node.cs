namespace Platform.Host.Configuration;

/// <summary>What a node of a document is.</summary>
public enum NodeKind
{
    /// <summary>Nothing: an empty value, <c>~</c>, <c>null</c>.</summary>
    Null,

    /// <summary>Text, a number, true or false.</summary>
    Scalar,

    /// <summary>A sequence.</summary>
    List,

    /// <summary>Keys and values, in the order written.</summary>
    Map,
}

/// <summary>How a scalar was written, which decides what it may stand for.</summary>
public enum ScalarStyle
{
    /// <summary>Without quotes: a number, true, false, or in YAML a text.</summary>
    Plain,

    /// <summary>In quotes or as a block: always a text.</summary>
    Quoted,

    /// <summary>From the environment or the command line, which know no quotes: whatever is asked for.</summary>
    Any,
}

/// <summary>A key of a map, where it stands, and its value.</summary>
public sealed record NodeEntry(string Key, Position At, Node Value);

/// <summary>A part of a document, of YAML or JSON alike; it knows where it was written.</summary>
public sealed class Node
{
    private Node(NodeKind kind, Position at) => (Kind, At) = (kind, at);

    /// <summary>What it is.</summary>
    public NodeKind Kind { get; }

    /// <summary>Where it begins.</summary>
    public Position At { get; }

    /// <summary>A scalar's text; else empty.</summary>
    public string Text { get; private init; } = "";

    /// <summary>How a scalar was written.</summary>
    public ScalarStyle Style { get; private init; }

    /// <summary>A list's nodes; else empty.</summary>
    public IReadOnlyList<Node> Items { get; private init; } = [];

    /// <summary>A map's entries, each key once; else empty.</summary>
    public IReadOnlyList<NodeEntry> Entries { get; private init; } = [];

    /// <summary>The value of a key; null where there is none.</summary>
    public Node? this[string key]
    {
        get
        {
            foreach (var entry in Entries)
            {
                if (entry.Key == key) return entry.Value;
            }

            return null;
        }
    }

    /// <summary>An empty value.</summary>
    public static Node Null(Position at) => new(NodeKind.Null, at);

    /// <summary>A text, a number, true or false.</summary>
    public static Node Scalar(string text, ScalarStyle style, Position at) => new(NodeKind.Scalar, at) { Text = text, Style = style };

    /// <summary>A sequence.</summary>
    public static Node List(IReadOnlyList<Node> items, Position at) => new(NodeKind.List, at) { Items = items };

    /// <summary>Keys and values.</summary>
    public static Node Map(IReadOnlyList<NodeEntry> entries, Position at) => new(NodeKind.Map, at) { Entries = entries };

    /// <summary>True where both say the same, wherever it stands.</summary>
    public bool SaysTheSameAs(Node other) =>
        Kind == other.Kind
        && Text == other.Text
        && Style == other.Style
        && Items.Count == other.Items.Count
        && Entries.Count == other.Entries.Count
        && Items.Zip(other.Items).All(pair => pair.First.SaysTheSameAs(pair.Second))
        && Entries.Zip(other.Entries).All(pair => pair.First.Key == pair.Second.Key && pair.First.Value.SaysTheSameAs(pair.Second.Value));
}
