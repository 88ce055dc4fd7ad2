namespace Platform.Host.Configuration;

/// <summary>
/// Builds a tree from what a parser meets, in its order, and stops at the limits while reading: what is refused
/// is never built. Without recursion, so that no document can exhaust the stack.
/// </summary>
public sealed class NodeBuilder(DocumentLimits limits, ICollection<Problem> problems)
{
    private readonly Stack<Frame> open = new();
    private int count;

    /// <summary>True once the document is beyond what is read at all.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>The whole document, once complete.</summary>
    public Node? Root { get; private set; }

    /// <summary>A list or map begins.</summary>
    public void Open(NodeKind kind, Position at)
    {
        if (!Count(at)) return;
        if (open.Count == limits.MaxDepth)
        {
            Refuse(at, $"more than {limits.MaxDepth} lists and maps within each other; expected at most {limits.MaxDepth}. Nothing of the file is used.");
            return;
        }

        if (open.TryPeek(out var frame) && frame.WantsKey)
        {
            Refuse(at, $"{(kind == NodeKind.Map ? "a map" : "a list")} as a key; expected a name. Nothing of the file is used.");
            return;
        }

        open.Push(new(kind, at));
    }

    /// <summary>The list or map opened last ends.</summary>
    public void Close()
    {
        var frame = open.Pop();
        Place(frame.Kind == NodeKind.Map ? Node.Map(frame.Entries, frame.At) : Node.List(frame.Items, frame.At));
    }

    /// <summary>A scalar or an empty value; a key, where the map around it waits for one.</summary>
    public void Add(Node node)
    {
        if (!Count(node.At)) return;
        if (open.TryPeek(out var frame) && frame.WantsKey) StartEntry(frame, node);
        else Place(node);
    }

    /// <summary>Ends the reading with a problem.</summary>
    public void Refuse(Position at, string message)
    {
        problems.Add(at.Problem(message));
        IsRefused = true;
    }

    private bool Count(Position at)
    {
        if (++count <= limits.MaxNodes) return true;
        Refuse(at, $"more than {limits.MaxNodes} values; expected at most {limits.MaxNodes}. Nothing of the file is used.");
        return false;
    }

    private void StartEntry(Frame frame, Node key)
    {
        if (!frame.Keys.TryAdd(key.Text, key.At.Line))
        {
            problems.Add(key.At.Problem($"the key {Quoted.Text(key.Text)} a second time, first in line {frame.Keys[key.Text]}; expected each key once. Remove one."));
            frame.IsRepeated = true;
        }

        frame.Key = (key.Text, key.At);
    }

    private void Place(Node node)
    {
        if (!open.TryPeek(out var frame))
        {
            Root = node;
        }
        else if (frame.Kind == NodeKind.List)
        {
            frame.Items.Add(node);
        }
        else
        {
            var (key, at) = frame.Key!.Value;
            if (!frame.IsRepeated) frame.Entries.Add(new(key, at, node));
            (frame.Key, frame.IsRepeated) = (null, false);
        }
    }

    private sealed class Frame(NodeKind kind, Position at)
    {
        public NodeKind Kind => kind;

        public Position At => at;

        public List<Node> Items { get; } = [];

        public List<NodeEntry> Entries { get; } = [];

        public Dictionary<string, int> Keys { get; } = new(StringComparer.Ordinal);

        public (string Text, Position At)? Key { get; set; }

        public bool IsRepeated { get; set; }

        public bool WantsKey => Kind == NodeKind.Map && Key is null;
    }
}
