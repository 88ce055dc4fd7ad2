namespace Platform.Host.Plugins.Packages;

/// <summary>One change of a plugin's place: made, and then either kept or undone.</summary>
/// <param name="place">Where the plugin lies.</param>
/// <param name="aside">Where the one that was there is kept; null where there was none.</param>
/// <param name="next">The folder that comes; null where none does.</param>
public sealed class PluginChange(string place, string? aside, string? next)
{
    /// <summary>Makes it. One that takes the place of another changes places with it in one step: at no moment is there none.</summary>
    internal void Make()
    {
        if (next is null || aside is null)
        {
            Directory.Move(next ?? place, next is null ? aside! : place);
            return;
        }

        Directory.Move(next, aside);
        try
        {
            Exchange.Folders(aside, place);
        }
        catch
        {
            Directory.Move(aside, next);
            throw;
        }

        try
        {
            MoveData(aside, place);
        }
        catch
        {
            Undo();
            throw;
        }
    }

    /// <summary>What was there before is deleted.</summary>
    public void Keep()
    {
        if (aside is not null) Delete(aside);
    }

    /// <summary>Everything is as before.</summary>
    public void Undo()
    {
        if (next is null || aside is null)
        {
            Directory.Move(next is null ? aside! : place, next ?? place);
            return;
        }

        Exchange.Folders(aside, place);
        MoveData(aside, place);
        Directory.Move(aside, next);
    }

    /// <summary>Hands over what the plugin has written while it served; beside what the other has written already.</summary>
    internal static void MoveData(string from, string to)
    {
        var (data, taken) = (Path.Combine(from, PluginTree.Data), Path.Combine(to, PluginTree.Data));
        if (!Directory.Exists(data)) return;
        if (!Directory.Exists(taken))
        {
            Directory.Move(data, taken);
            return;
        }

        foreach (var file in Directory.GetFiles(data, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(taken, Path.GetRelativePath(data, file));
            while (File.Exists(target)) target += ".replaced";
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(file, target);
        }

        Directory.Delete(data, recursive: true);
    }

    /// <summary>Deletes a file, a folder, or a link and not what it leads to.</summary>
    internal static void Delete(string path)
    {
        var folder = new DirectoryInfo(path);
        if (folder.LinkTarget is not null || File.Exists(path)) File.Delete(path);
        else if (folder.Exists) folder.Delete(recursive: true);
    }
}
