/// <summary>Uses dynamic with a type of its own.</summary>
public sealed class LeaksDynamic : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel)
    {
        dynamic own = new Own();
        return Answer((string)own.Say("dynamic"));
    }

    public sealed class Own
    {
        public string Say(string word) => word;
    }
}
