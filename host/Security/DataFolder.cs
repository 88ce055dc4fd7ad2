namespace Platform.Host.Security;

/// <summary>What the server itself writes; only its own user may look into it.</summary>
public static class DataFolder
{
    /// <summary>Makes the folder where it is missing.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else if (!Directory.Exists(path)) Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
