using Platform.Host.Configuration;

namespace Platform.Host.Plugins.Packages;

/// <summary>
/// The folder of plugins as the commands change it, one command at a time. Every change is one rename, and what was there
/// before is kept aside until the change is confirmed; what a killed command has left is put in order by the next.
/// </summary>
public sealed class PluginsFolder : IDisposable
{
    private const string Replaced = ".replaced-", Removed = ".removed-";
    private const int MarkLength = 16;

    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    private readonly FileStream turn;

    private PluginsFolder(string path, FileStream turn)
    {
        (Path, this.turn) = (path, turn);
        try
        {
            TidyUp();
        }
        catch (IOException exception)
        {
            turn.Dispose();
            throw new PackageException($"{path}: what an earlier command has left can't be put in order: {exception.Message}");
        }
    }

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Waits for its turn, and takes the folder.</summary>
    /// <param name="site">The site.</param>
    /// <param name="dataFolder">Where the server keeps what it writes; the turn is kept there.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="PackageException">There is no such site, or others take too long.</exception>
    public static async Task<PluginsFolder> TakeAsync(SiteFolder site, string dataFolder, CancellationToken cancel)
    {
        if (!File.Exists(site.ConfigFile)) throw new PackageException($"{site.ConfigFile}: no such file; expected a site's config.yaml. Say which with --config.");
        Security.DataFolder.Create(dataFolder);
        Directory.CreateDirectory(site.Plugins);
        var (file, begin) = (System.IO.Path.Combine(dataFolder, "plugins.lock"), TimeProvider.System.GetTimestamp());
        while (true)
        {
            try
            {
                return new PluginsFolder(site.Plugins, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (TimeProvider.System.GetElapsedTime(begin) < LongestWait && File.Exists(file))
            {
                await Task.Delay(50, cancel);
            }
        }
    }

    /// <summary>The names of all that lie there.</summary>
    public IReadOnlyList<string> Names =>
    [
        .. Directory.EnumerateDirectories(Path).Select(folder => System.IO.Path.GetFileName(folder)).Where(name => !name.StartsWith('.') && name is not ("bin" or "obj"))
            .Concat(Directory.EnumerateFiles(Path, "*.dll").Select(file => System.IO.Path.GetFileNameWithoutExtension(file)).Where(name => name != "Platform.Sdk"))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <summary>Refuses a name that is none, or of nothing that lies there.</summary>
    /// <exception cref="PackageException">Says which are there, and which was probably meant.</exception>
    public void Expect(string name)
    {
        if (!PackageName.IsPossible(name, out var complaint)) throw new PackageException($"NAME: {complaint}");
        var names = Names;
        if (!names.Contains(name)) throw new PackageException(Unknown(name, names));
    }

    /// <summary>The sentence about a plugin that is not there.</summary>
    public static string Unknown(string name, IReadOnlyCollection<string> names) =>
        $"no plugin \"{name}\" is installed; {(names.Count == 0 ? "there is none." : $"expected one of {string.Join(", ", names)}.")}{(Nearest.Of(name, names) is { } near ? $" Did you mean \"{near}\"?" : "")}";

    /// <summary>Puts a staged plugin into its place; the folder that was there is kept aside, and its folder <c>data</c> goes over.</summary>
    public PluginChange Put(PackageStaging staged)
    {
        var (place, aside) = (Place(staged.Name), Aside(Replaced, staged.Name));
        if (File.Exists(place + ".dll")) throw new PackageException($"plugins/{staged.Name}.dll lies there as a bare assembly; expected none beside a folder of that name. Remove it first: platform plugin remove {staged.Name}");
        if (new DirectoryInfo(place) is { Exists: true, LinkTarget: { } target }) throw new PackageException($"plugins/{staged.Name} is a link to {target}; expected a folder of its own. Remove the link first.");
        var change = new PluginChange(place, Directory.Exists(place) ? aside : null, staged.Folder);
        change.Make();
        return change;
    }

    /// <summary>Takes a plugin out of its place; it is kept aside.</summary>
    public PluginChange Take(string name)
    {
        var file = Place(name) + ".dll";
        var change = new PluginChange(File.Exists(file) ? file : Place(name), Aside(Removed, name), null);
        change.Make();
        return change;
    }

    /// <summary>True where a plugin has written files of its own.</summary>
    public bool HasData(string name) => Directory.Exists(System.IO.Path.Combine(Place(name), "data")) && Directory.EnumerateFiles(System.IO.Path.Combine(Place(name), "data"), "*", SearchOption.AllDirectories).Any();

    /// <inheritdoc/>
    public void Dispose() => turn.Dispose();

    /// <summary>The place of a plugin; its name has been checked.</summary>
    private string Place(string name) => System.IO.Path.Combine(Path, name);

    private string Aside(string prefix, string name) => Place($"{prefix}{Random.Shared.NextInt64():x16}-{name}");

    private void TidyUp()
    {
        foreach (var left in Directory.GetFileSystemEntries(Path, ".*"))
        {
            var name = System.IO.Path.GetFileName(left);
            if (name.StartsWith(PackageStaging.Prefix, StringComparison.Ordinal) || name.StartsWith(Removed, StringComparison.Ordinal) || name.StartsWith(DisabledPlugins.FileName + ".", StringComparison.Ordinal)) PluginChange.Delete(left);
            if (!name.StartsWith(Replaced, StringComparison.Ordinal) || name.Length < Replaced.Length + MarkLength + 2) continue;
            var plugin = name[(Replaced.Length + MarkLength + 1)..];
            if (!PackageName.IsPossible(plugin, out _)) continue;
            if (Directory.Exists(Place(plugin)))
            {
                PluginChange.MoveData(left, Place(plugin));
                PluginChange.Delete(left);
            }
            else
            {
                Directory.Move(left, Place(plugin));
            }
        }
    }
}
