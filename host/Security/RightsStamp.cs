using System.Security.Cryptography;
using System.Text;
using Platform.Sdk;

namespace Platform.Host.Security;

/// <summary>A user's id together with the state of the user's rights: pages stored for one state are out of reach of another.</summary>
public static class RightsStamp
{
    /// <summary><c>id@hash</c>.</summary>
    public static string Of(User user)
    {
        var state = string.Join('\n', [user.Name, .. user.Permissions]);
        return $"{user.Id}@{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(state)).AsSpan(0, 8))}";
    }
}
