using System.Text;
using static Platform.Host.Tests.Plugins.Zip;

namespace Platform.Host.Tests.Plugins;

/// <summary>Archives that try to leave their folder, to be two things at once or to be larger than they look; and what is said of each.</summary>
internal static class HostileArchives
{
    private const string Seen = "in a name; expected letters, digits and signs that are seen and are written in one way only.";
    private const string OneFolder = "at its top; expected one folder, named like the plugin.";

    internal static IReadOnlyDictionary<string, (byte[] Bytes, string Refusal)> All { get; } = new Dictionary<string, (byte[], string)>(StringComparer.Ordinal)
    {
        // Out of the folder.
        ["up"] = With("../evil", "\"..\" in a path"),
        ["down and up"] = With("news/../../evil", "\"..\" in a path"),
        ["up only"] = With("..", "\"..\" in a path"),
        ["here"] = With("news/./evil", "\".\" in a path"),
        ["root"] = With("/tmp/evil", "begins at the root"),
        ["two slashes"] = With("//server/evil", "begins at the root"),
        ["drive"] = With("C:/evil", "':' in a name"),
        ["drive without slash"] = With("C:evil", "':' in a name"),
        ["backslash"] = With("news\\..\\..\\evil", "'\\' in a name"),
        ["share"] = With("\\\\server\\share\\evil", "'\\' in a name"),
        ["empty name between"] = With("news//evil", "an empty name"),
        ["no name"] = With("", "an entry has no name"),
        ["slash alone"] = With("/", "an entry has no name"),
        ["stream"] = With("news/news.dll:evil", "':' in a name"),

        // Names that are not what they look like.
        ["NUL"] = With("news/evil.txt\0.dll", $"U+0000 {Seen}"),
        ["line feed"] = With("news/evil\nok", $"U+000A {Seen}"),
        ["escape"] = With("news/\u001b[2Jevil", $"U+001B {Seen}"),
        ["right to left"] = With("news/\u202egnp.lld", $"U+202E {Seen}"),
        ["zero width"] = With("news/ne\u200bws.dll", $"U+200B {Seen}"),
        ["not UTF-8"] = (Package().Add(new Entry([0x6e, 0x2f, 0xff, 0xfe], [1])).Bytes(), "not UTF-8"),
        ["other name inside"] = (Package().Add(new Entry("news/a") { LocalName = Encoding.UTF8.GetBytes("../../a") }).Bytes(), "the entry itself says \"../../a\""),
        ["wildcard"] = With("news/*", "'*' in a name"),

        // Two names for one file.
        ["twice"] = (Package().Add("news/a").Add("news/a", "y").Bytes(), "\"news/a\": there twice"),
        ["capitals"] = (Package().Add("news/a").Add("news/A").Bytes(), "\"news/A\": differs from \"news/a\" by capitals only"),
        ["capitals of a folder"] = (Package().Add("news/a/x").Add("news/A/y").Bytes(), "\"news/A\": differs from \"news/a\" by capitals only"),
        ["capitals of the plugin"] = (Package().Add("News/x").Bytes(), "\"News\": differs from \"news\" by capitals only"),
        ["composed and not"] = (Package().Add("news/\u00e9").Add("news/e\u0301").Bytes(), $"U+0301 {Seen}"),
        ["kelvin"] = With("news/\u212a", $"U+212A {Seen}"),
        ["file and folder"] = (Package().Add("news/a").Add("news/a/b").Bytes(), "\"news/a\": a file and a folder"),
        ["folder and file"] = (Package().Add("news/a/").Add("news/a").Bytes(), "\"news/a\""),
        ["device name"] = With("news/con", "takes for a device"),
        ["device name with extension"] = With("news/NUL.txt", "takes for a device"),
        ["dot at the end"] = With("news/evil.", "ends with a dot"),
        ["space at the end"] = With("news/evil ", "begins or ends with a space"),

        // Not plain files.
        ["link"] = (Package().Add(new Entry("news/etc", "/etc") { Mode = 0xA1FF }).Bytes(), "\"news/etc\": a link"),
        ["file through a link"] = (Package().Add(new Entry("news/out", "../..") { Mode = 0xA1FF }).Add("news/out/evil").Bytes(), "\"news/out\": a link"),
        ["character device"] = (Package().Add(new Entry("news/null") { Mode = 0x21B6 }).Bytes(), "a device, pipe or socket"),
        ["block device"] = (Package().Add(new Entry("news/sda") { Mode = 0x61B6 }).Bytes(), "a device, pipe or socket"),
        ["pipe"] = (Package().Add(new Entry("news/pipe") { Mode = 0x11B6 }).Bytes(), "a device, pipe or socket"),
        ["socket"] = (Package().Add(new Entry("news/sock") { Mode = 0xC1B6 }).Bytes(), "a device, pipe or socket"),
        ["folder that is none"] = (Package().Add(new Entry("news/folder") { Mode = 0x41ED }).Bytes(), "a folder whose name does not end with /"),
        ["folder with content"] = (Package().Add("news/folder/", "content").Bytes(), "a folder with content"),

        // Larger than it looks.
        ["path"] = With("news/" + string.Join('/', Enumerable.Repeat("123456789", 14)) + "/" + new string('x', 120), "longer than 240 bytes"),
        ["name"] = With("news/" + new string('x', 129), "longer than 128 bytes"),
        ["name in bytes"] = With("news/" + new string('ü', 65), "longer than 128 bytes"),
        ["depth"] = With("news/" + string.Join('/', Enumerable.Repeat("x", 16)), "17 names below each other"),
        ["entries"] = (Enumerable.Range(0, 10_000).Aggregate(Package(), (zip, n) => zip.Add($"news/{n}")).Bytes(), "10002 entries; expected at most 10,000"),
        ["ratio"] = (Package().Add(new Entry("news/bomb"u8.ToArray(), new byte[8 << 20]) { Method = 8 }).Bytes(), "more than 200 times the size of its compressed form"),
        ["many small ones"] = (Enumerable.Range(0, 40).Aggregate(Package(), (zip, n) => zip.Add(new Entry(Encoding.UTF8.GetBytes($"news/{n}"), new byte[1 << 20]) { Method = 8 })).Bytes(), "more than 200 times its own size"),
        ["says too large"] = (Enumerable.Range(0, 3).Aggregate(Package(), (zip, n) => zip.Add(new Entry($"news/{n}") { Size = 100 << 20, Method = 8 })).Bytes(), "more than 256 MB"),
        ["says less than it is"] = (Package().Add(new Entry("news/a"u8.ToArray(), new byte[500_000]) { Method = 8, Size = 10 }).Bytes(), "not as it says"),
        ["says more than it is"] = (Package().Add(new Entry("news/a"u8.ToArray(), new byte[500]) { Method = 8, Size = 501 }).Bytes(), "not as it says"),
        ["one content for two"] = (Package().Add(new Entry("news/a") { Offset = 0, LocalName = "news/a"u8.ToArray() }).Bytes(), "not where the directory says"),
        ["zip64"] = (Package().Add(new Entry("news/a") { Size = uint.MaxValue, PackedSize = uint.MaxValue }).Bytes(), "zip64"),
        ["zip64 directory"] = (new Zip { Count = 0xFFFF }.Add("news/a").Bytes(), "zip64"),

        // Not whole, or not an archive.
        ["text"] = (Encoding.UTF8.GetBytes(new string('x', 1000)), "it is not a zip archive"),
        ["nothing"] = ([], "it is not a zip archive"),
        ["gzip"] = ([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, .. new byte[100]], "it is not a zip archive"),
        ["half"] = (Package().Bytes()[..100], "it is cut off"),
        ["one byte short"] = (Package().Bytes()[..^1], "it is cut off"),
        ["one byte more"] = ([.. Package().Bytes(), 0], "it is cut off"),
        ["without its beginning"] = (Package().Bytes()[20..], "its directory is not where its end says"),
        ["something before"] = ([.. "#!/bin/sh\n"u8, .. Package().Bytes()], "its directory is not where its end says"),
        ["empty"] = (new Zip().Bytes(), "it is empty"),
        ["fewer than there are"] = (Counted(1), "its directory holds more than its end says"),
        ["more than there are"] = (Counted(3), "its directory is cut off"),
        ["two parts"] = (new Zip { Disk = 1 }.Add("news/news.dll").Bytes(), "one part of several"),
        ["damaged"] = (Package().Add(new Entry("news/a") { Crc = 1 }).Bytes(), "not as it says"),
        ["not deflated"] = (Package().Add(new Entry("news/a"u8.ToArray(), new byte[100]) { Method = 8, Packed = [0xff, 0xff, 0xff, 0xff] }).Bytes(), "it is damaged"),
        ["content in the directory"] = (Package().Add(new Entry("news/a") { PackedSize = 1 << 20, Size = 1 << 20 }).Bytes(), "not where the directory says"),
        ["offset in the directory"] = (Package().Add(new Entry("news/a") { Offset = 100_000 }).Bytes(), "not where the directory says"),
        ["encrypted"] = (Package().Add(new Entry("news/a") { Flags = 1 }).Bytes(), "encrypted"),
        ["strongly encrypted"] = (Package().Add(new Entry("news/a") { Flags = 0x41 }).Bytes(), "encrypted"),
        ["bzip2"] = (Package().Add(new Entry("news/a") { Method = 12 }).Bytes(), "compressed by method 12"),

        // No plugin.
        ["no plugin"] = (new Zip().Add("news/readme.txt").Bytes(), "no plugin in it; expected news/news.dll"),
        ["other assembly"] = (new Zip().Add("news/other.dll").Bytes(), "no plugin in it; expected news/news.dll"),
        ["two folders"] = (Package().Add("more/more.dll").Bytes(), OneFolder),
        ["macOS"] = (Package().Add("__MACOSX/._news").Bytes(), OneFolder),
        ["file at the top"] = (new Zip().Add("news.dll").Bytes(), "is a file at its top"),
        ["folder that begins with a dot"] = (Package(".staging-1").Bytes(), "its folder is named \".staging-1\""),
        ["folder of the SDK"] = (Package("Platform.Sdk").Bytes(), "stands for something else"),
        ["folder bin"] = (Package("bin").Bytes(), "stands for something else"),
        ["its data"] = (Package().Add("news/data/users.db").Bytes(), "belongs to the plugin while it serves"),
        ["broken plugin.yaml"] = (new Zip().Add("news/news.dll").Add("news/plugin.yaml", "naem: news\n").Bytes(), "news/plugin.yaml(1,1): naem: unknown key"),
        ["other name in plugin.yaml"] = (new Zip().Add("news/news.dll").Add("news/plugin.yaml", "name: other\n").Bytes(), "news/plugin.yaml: name: other; expected news"),
    };

    private static (byte[] Bytes, string Refusal) With(string name, string refusal) => (Package().Add(name).Bytes(), refusal);

    private static byte[] Counted(int count) => new Zip { Count = count }.Add("news/news.dll").Add("news/b").Bytes();
}
