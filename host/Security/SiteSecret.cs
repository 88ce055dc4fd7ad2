using System.Security.Cryptography;
using System.Text;

namespace Platform.Host.Security;

/// <summary>The key that signs cookies and cached values: configured, or generated once into the data folder.</summary>
public static class SiteSecret
{
    /// <summary>The 32-byte key.</summary>
    /// <param name="configured"><c>auth.secret_key</c>; empty for the generated one.</param>
    /// <param name="dataFolder">Where the generated one lives, in <c>secret.key</c>, readable by its owner only.</param>
    /// <exception cref="IOException">The file can't be read or written.</exception>
    public static byte[] Load(string configured, string dataFolder)
    {
        if (configured.Length > 0) return SHA256.HashData(Encoding.UTF8.GetBytes(configured));

        DataFolder.Create(dataFolder);
        var file = Path.Combine(dataFolder, "secret.key");
        if (TryRead(file) is { } key) return key;

        // Written beside and linked into place: of two servers that start at once, the first wins and both read the same key.
        var fresh = Path.Combine(dataFolder, $"secret.{Environment.ProcessId}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(fresh, options))
        {
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToHexString(RandomNumberGenerator.GetBytes(32)) + "\n"));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(fresh, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            File.Delete(fresh);
        }

        return TryRead(file) ?? throw new IOException($"{file}: holds no key; expected 64 hexadecimal digits. Delete it, and a new one is made; visitors then confirm and sign in again.");
    }

    private static byte[]? TryRead(string file)
    {
        if (!File.Exists(file)) return null;
        var text = File.ReadAllText(file).Trim();
        try
        {
            return text.Length == 64 ? Convert.FromHexString(text) : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new IOException($"{file}: holds no key; expected 64 hexadecimal digits. Delete it, and a new one is made; visitors then confirm and sign in again.");
        }
    }
}
