using System.Buffers.Binary;
using System.Text;
using Platform.Bench.Templates;

namespace Platform.Bench.Isolation;

/// <summary>Frames as a child might send them that is broken, or means harm: right ones, changed by chance.</summary>
internal sealed class FrameMutator(Chance chance)
{
    private const string Id = "\"id\":0";

    private static readonly string[] Right =
    [
        """{"type":"result","id":0,"read":["path","user"],"template":"news/list","tags":["news","a"],"ttl":30.5,"status":200,"headers":{"X-A":"b"},"data":{"title":"News","n":1,"d":1.5,"e":1e300,"p":{"$decimal":"1.10"},"$$k":null,"items":[{"t":"a","u":[true,false,null]},{"t":"\ud83d\ude00"}]}}""",
        """{"type":"result","id":0,"data":null,"read":[]}""",
        """{"type":"result","id":0,"status":201,"value":{"a":[1,2,3]}}""",
        """{"type":"result","id":0,"status":404,"code":"gone","message":"There is none.","redirect":"/x"}""",
        """{"type":"result","id":0,"status":302,"location":"/there","headers":{"X-B":"c"}}""",
        """{"type":"result","id":0,"continue":true,"headers":{"X-B":"c"}}""",
        """{"type":"error","id":0,"kind":"argument","message":"no","detail":"at x\nat y"}""",
        """{"type":"loaded","id":0,"version":"1.2","plugins":["a","b"]}""",
        """{"type":"ready","id":0,"gives":["data_for","middleware:before_page"],"helpers":[{"name":"a","block":true}]}""",
        """{"type":"render","call":0,"part":"body","context":{"a":1},"variables":{"i":1},"parameters":[1,{"$html":"<b>"}],"write":"<i>"}""",
        """{"type":"context","call":0}""",
        """{"type":"log","plugin":"a","level":"warning","message":"a line"}""",
        """{"type":"purge","id":3,"plugin":"a","tags":["news"]}""",
        """{"type":"hello","protocol":1,"token":"x"}""",
    ];

    private static readonly string[] Scraps =
    [
        "{", "}", "[", "]", "\"", ":", ",", "\\", "\\u", "\\ud800", "null", "true", "-", "1e999", "-0", "99999999999999999999999999999999", "\"type\":\"result\",", "\"data\":", "\"$html\":\"<b>\"", "\"$decimal\":\"x\"",
        "\"id\":-1", "\"id\":9223372036854775807", "\"id\":1.5", "\"id\":\"7\"", "\0", "\u2028", "//", "NaN", "{\"$double\":1}", "\"read\":[\"moon\"]", "\"status\":204", "\"ttl\":-1e308",
    ];

    /// <summary>Appends a frame, with its length, right or wrong.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="last">The newest id the host has used.</param>
    public void Append(MemoryStream output, long last)
    {
        var frame = Mutate(Encoding.UTF8.GetBytes(chance.Pick(Right).Replace(Id, $"\"id\":{Near(last)}", StringComparison.Ordinal).Replace("\"call\":0", $"\"call\":{Near(last)}", StringComparison.Ordinal)));
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(length, chance.OneIn(20_000) ? (uint)chance.Next() : chance.OneIn(20_000) ? 0 : (uint)frame.Length);
        output.Write(length);
        output.Write(frame);
    }

    private long Near(long last) => chance.OneIn(50) ? (long)chance.Next() : last - chance.Below(20);

    private byte[] Mutate(byte[] frame)
    {
        if (chance.OneIn(3)) return frame;
        if (chance.OneIn(200)) return Deep();
        var bytes = new List<byte>(frame);
        for (var times = 1 + chance.Below(4); times > 0; times--) Change(bytes);
        return bytes.Count > 0 ? [.. bytes] : [(byte)'{'];
    }

    private void Change(List<byte> bytes)
    {
        var at = chance.Below(bytes.Count + 1);
        var count = Math.Min(chance.Below(12), bytes.Count - at);
        switch (chance.Below(7))
        {
            case 0: bytes.InsertRange(at, Encoding.UTF8.GetBytes(chance.Pick(Scraps))); break;
            case 1: bytes.RemoveRange(at, count); break;
            case 2: bytes.InsertRange(at, bytes.GetRange(at, count)); break;
            case 3 when at < bytes.Count: bytes[at] = (byte)chance.Next(); break;
            case 4 when at < bytes.Count: bytes[at] ^= (byte)(1 << chance.Below(8)); break;
            case 5: bytes.RemoveRange(at, bytes.Count - at); break;
            default: bytes.InsertRange(at, Encoding.UTF8.GetBytes(chance.Pick(Right)[..chance.Below(26)])); break;
        }
    }

    private byte[] Deep()
    {
        var depth = 1 + chance.Below(200);
        var inner = chance.OneIn(2) ? string.Concat(Enumerable.Repeat("[", depth)) + string.Concat(Enumerable.Repeat("]", depth)) : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
        return Encoding.UTF8.GetBytes("{\"type\":\"result\",\"id\":1,\"data\":{\"a\":" + inner + "}}");
    }
}
