namespace Platform.Host.Plugins.Isolation.Processes;

/// <summary>The first frame of a child.</summary>
/// <param name="Protocol">The version of the protocol it speaks.</param>
/// <param name="Token">What it was given in its environment.</param>
/// <param name="Wants">The parts of requests it wants to be sent beside path, query and user.</param>
internal sealed record ChildHello(int Protocol, string Token, Platform.Sdk.RequestPart Wants)
{
    /// <summary>The version this server speaks.</summary>
    internal const int Spoken = 1;
}
