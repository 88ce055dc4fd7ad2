using System.Text;

/// <summary>Registers an encoding provider, which cannot be taken back.</summary>
public sealed class LeaksEncodingProvider : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        if (!IsFirst()) return Answer("again");
        Encoding.RegisterProvider(new OwnEncodings());
        return Answer("registered");
    }

    private sealed class OwnEncodings : EncodingProvider
    {
        public override Encoding? GetEncoding(int codepage) => null;

        public override Encoding? GetEncoding(string name) => null;
    }
}
