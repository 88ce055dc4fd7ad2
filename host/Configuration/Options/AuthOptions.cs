namespace Platform.Host.Configuration;

/// <summary>The section <c>auth</c>: signing in.</summary>
public sealed record AuthOptions
{
    /// <summary><c>sign_in_path</c>: the page a visitor is sent to who must sign in first; a path on this server. Default: /sign-in.</summary>
    public string SignInPath { get; init; } = "/sign-in";

    /// <summary><c>secret_key</c>: what cookies are signed with, at least 32 characters, the same on all servers of a site; empty: generated once into <c>server.data_folder</c>. Default: empty.</summary>
    public Secret SecretKey { get; init; } = Secret.None;

    internal static AuthOptions Read(SectionReader section)
    {
        var options = new AuthOptions
        {
            SignInPath = section.Value("sign_in_path", new AuthOptions().SignInPath, Names.TryParseLocalPath),
            SecretKey = section.Secret("secret_key", minLength: 32),
        };
        section.Close();
        return options;
    }
}
