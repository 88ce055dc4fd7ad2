namespace Platform.Host.Plugins.Packages;

/// <summary>One change of a plugin's place: made, and then either kept or undone.</summary>
/// <param name="place">Where the plugin lies.</param>
/// <param name="aside">Where the one that was there is kept; null where there was none.</param>
/// <param name="next">The folder that comes; null where none does.</param>
public sealed class PluginChange(string place, string? aside, string? next)
{
    /// <summary>Makes it.</summary>
    internal void Make()
    {
        if (aside is not null) Directory.Move(place, aside);
        try
        {
            if (next is not null) Directory.Move(next, place);
            if (next is not null && aside is not null) MoveData(aside, place);
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
        if (next is not null && Directory.Exists(place) && aside is not null && Directory.Exists(aside)) MoveData(place, aside);
        if (next is not null && Directory.Exists(place)) Directory.Move(place, next);
        if (aside is not null && (Directory.Exists(aside) || File.Exists(aside))) Directory.Move(aside, place);
    }

    /// <summary>Hands over what the plugin has written while it served.</summary>
    internal static void MoveData(string from, string to)
    {
        var (data, taken) = (Path.Combine(from, "data"), Path.Combine(to, "data"));
        if (Directory.Exists(data) && !Directory.Exists(taken)) Directory.Move(data, taken);
    }

    /// <summary>Deletes a file, a folder, or a link and not what it leads to.</summary>
    internal static void Delete(string path)
    {
        var folder = new DirectoryInfo(path);
        if (folder.LinkTarget is not null || File.Exists(path)) File.Delete(path);
        else if (folder.Exists) folder.Delete(recursive: true);
    }
}
