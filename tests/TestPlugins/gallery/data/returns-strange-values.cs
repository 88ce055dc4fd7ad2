/// <summary>NaN and infinities, halves of surrogate pairs, NUL and control characters.</summary>
public sealed class ReturnsStrangeValues : Misbehaving
{
    protected override ValueTask<PageData?> MisbehaveAsync(RequestParameter request, CancellationToken cancel) => new(new PageData
    {
        ["gallery"] = "\ud83d half \udc00 pair \0 \u001b[31m \r\n </script><script>alert(1)</script>",
        ["not_a_number"] = double.NaN,
        ["infinite"] = double.NegativeInfinity,
        ["huge"] = decimal.MaxValue,
        ["\ud800key"] = true,
    });
}
