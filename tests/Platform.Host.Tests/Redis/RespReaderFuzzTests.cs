using Platform.Host.Redis;

namespace Platform.Host.Tests.Redis;

/// <summary>Replies that were damaged on their way.</summary>
public sealed class RespReaderFuzzTests
{
    private const int Count = 200_000;
    private const int Seed = 6379;
    private const int MostAllocated = 512 * 1024;

    private static readonly byte[][] Originals =
    [
        .. new[]
        {
            "+OK\r\n", "-ERR no such thing\r\n", ":1234567\r\n", "$11\r\nhello world\r\n", "$-1\r\n", "*-1\r\n",
            "*3\r\n$7\r\nmessage\r\n$8\r\nmessages\r\n$14\r\nabc purged 123\r\n", "*2\r\n*2\r\n:1\r\n$1\r\na\r\n*1\r\n+b\r\n",
            "*4\r\n$4\r\nnews\r\n$2\r\n17\r\n$0\r\n\r\n$2\r\n18\r\n", "$20\r\n$5\r\nhello\r\n*1\r\n:1\r\n\r\r\n",
        }.Select(Replies.Bytes),
    ];

    private static readonly byte[] Telling = Replies.Bytes("+-:$*\r\n0123456789");

    [Fact]
    public void MutatedReplies_AreReadOrRefused_AndNothingElse()
    {
        var random = new Random(Seed);
        var (read, refused) = (0, 0);
        for (var n = 0; n < Count; n++)
        {
            var bytes = Mutated(random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                read += ReadInPieces(bytes, random);
            }
            catch (RedisProtocolException)
            {
                refused++;
            }
            catch (Exception exception)
            {
                Assert.Fail($"Number {n} of seed {Seed}, {Convert.ToHexString(bytes)}: {exception}");
            }

            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < MostAllocated, $"Number {n} of seed {Seed}, {Convert.ToHexString(bytes)}: {allocated} bytes were allocated.");
        }

        // Else this has shown little.
        Assert.True(read > Count / 10 && refused > Count / 10, $"{read} replies were read, {refused} refused.");
    }

    private static int ReadInPieces(byte[] bytes, Random random)
    {
        var reader = new RespReader();
        var read = 0;
        for (var at = 0; at < bytes.Length;)
        {
            var piece = bytes.AsSpan(at, random.Next(1, bytes.Length - at + 1));
            ReadOnlySpan<byte> left = piece;
            while (reader.TryRead(ref left, out _)) read++;
            at += piece.Length;
        }

        return read;
    }

    private static byte[] Mutated(Random random)
    {
        var bytes = new List<byte>();
        for (var n = random.Next(1, 4); n > 0; n--) bytes.AddRange(Originals[random.Next(Originals.Length)]);
        for (var n = random.Next(0, 4); n > 0; n--)
        {
            var at = random.Next(bytes.Count);
            var value = random.Next(2) == 0 ? Telling[random.Next(Telling.Length)] : (byte)random.Next(256);
            switch (random.Next(5))
            {
                case 0:
                    bytes[at] = value;
                    break;
                case 1:
                    bytes.Insert(at, value);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 4), bytes.Count - at));
                    break;
                case 3:
                    bytes.InsertRange(at, Originals[random.Next(Originals.Length)]);
                    break;
                default:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
            }

            if (bytes.Count == 0) bytes.Add(value);
        }

        return [.. bytes];
    }
}
