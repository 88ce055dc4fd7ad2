using System.Runtime.InteropServices;

namespace Platform.Host.Transport;

/// <summary>The system calls of the event loops, as Linux has them on 64 bits.</summary>
internal static unsafe partial class Libc
{
    public const uint EpollIn = 0x001;
    public const uint EpollOut = 0x004;
    public const uint EpollError = 0x008;
    public const uint EpollHangUp = 0x010;
    public const uint EpollPeerClosed = 0x2000;
    public const uint EpollEdge = 1u << 31;

    public const int EpollAdd = 1;
    public const int EpollDelete = 2;
    public const int EpollModify = 3;

    public const int Interrupted = 4;
    public const int TryAgain = 11;
    public const int OutOfMemory = 12;
    public const int TooManyFilesOfSystem = 23;
    public const int TooManyFiles = 24;
    public const int BrokenPipe = 32;
    public const int ConnectionReset = 104;
    public const int NoBuffers = 105;

    public const int NoSignal = 0x4000;
    public const int ShutdownWrite = 1;

    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int SolSocket = 1;
    private const int SoLinger = 13;
    private const int OpenFiles = 7;

    /// <summary>The size of one event; on x86 the kernel's structure has no gap behind its first field.</summary>
    public static readonly int EventSize = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 12 : 16;

    /// <summary>Where in an event the watcher's own number stands.</summary>
    public static readonly int EventKey = EventSize - sizeof(ulong);

    public static int CreateEpoll() => epoll_create1(CloseOnExec);

    /// <summary>A sum that threads add to and take.</summary>
    /// <param name="mayWait">Whether who takes it waits while it is zero.</param>
    public static int CreateEvent(bool mayWait = false) => eventfd(0, mayWait ? CloseOnExec : CloseOnExec | NonBlocking);

    /// <summary>Adds to an event's sum, and so wakes who waits for it.</summary>
    public static void Signal(int eventDescriptor, ulong what = 1) => _ = Write(eventDescriptor, &what, sizeof(ulong));

    /// <summary>Takes an event's sum; zero where nothing was there.</summary>
    public static ulong Await(int eventDescriptor)
    {
        ulong sum;
        return Read(eventDescriptor, &sum, sizeof(ulong)) == sizeof(ulong) ? sum : 0;
    }

    public static int Accept(int listener, byte* address, int* length) => accept4(listener, address, length, CloseOnExec | NonBlocking);

    /// <summary>Adds, changes or removes what is watched of a descriptor.</summary>
    public static int Watch(int epoll, int operation, int descriptor, uint events, ulong key)
    {
        var watched = stackalloc byte[16];
        *(uint*)watched = events;
        *(ulong*)(watched + EventKey) = key;
        return epoll_ctl(epoll, operation, descriptor, watched);
    }

    /// <summary>True where a descriptor's number shows that hardly any are left for files, plugins and the runtime itself.</summary>
    /// <remarks>The system gives the least number that is free, and the limit may be changed at any time.</remarks>
    public static bool IsAmongTheLast(int descriptor)
    {
        var limit = stackalloc ulong[2];
        return getrlimit(OpenFiles, limit) == 0 && (ulong)descriptor >= *limit - Math.Min(64, *limit / 8);
    }

    /// <summary>True where hardly any descriptor is left.</summary>
    public static bool AreFilesShort()
    {
        var next = CreateEvent();
        if (next < 0) return true;
        _ = Close(next);
        return IsAmongTheLast(next);
    }

    /// <summary>Lets the close that follows throw away what is unsent and tell the peer so.</summary>
    public static void ResetOnClose(int socket)
    {
        var linger = stackalloc int[2] { 1, 0 };
        _ = setsockopt(socket, SolSocket, SoLinger, linger, 2 * sizeof(int));
    }

    /// <summary>Waits for events; -1 with the thread's last error.</summary>
    public static int Wait(int epoll, byte* events, int count, int milliseconds) => (int)Checked(epoll_wait(epoll, events, count, milliseconds));

    /// <summary>Takes what has come; -1 with the thread's last error.</summary>
    public static nint Receive(int socket, byte* buffer, nint length, int flags) => Checked(recv(socket, buffer, length, flags));

    /// <summary>Sends from one piece; -1 with the thread's last error.</summary>
    public static nint Send(int socket, byte* buffer, nint length, int flags) => Checked(send(socket, buffer, length, flags));

    /// <summary>Sends from several pieces; -1 with the thread's last error.</summary>
    public static nint SendMessage(int socket, Message* message, int flags) => Checked(sendmsg(socket, message, flags));

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int LocalName(int socket, byte* address, int* length);

    [LibraryImport("libc", EntryPoint = "shutdown")]
    public static partial int Shutdown(int socket, int how);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "read")]
    public static partial nint Read(int descriptor, void* buffer, nint length);

    [LibraryImport("libc", EntryPoint = "write")]
    public static partial nint Write(int descriptor, void* buffer, nint length);

    /// <summary>Keeps the error of a call that has failed. These are called so often that it is not asked for after each call.</summary>
    private static nint Checked(nint result)
    {
        if (result < 0) Marshal.SetLastPInvokeError(Marshal.GetLastSystemError());
        return result;
    }

    [LibraryImport("libc")]
    private static partial int epoll_wait(int epoll, byte* events, int count, int milliseconds);

    [LibraryImport("libc")]
    private static partial nint recv(int socket, byte* buffer, nint length, int flags);

    [LibraryImport("libc")]
    private static partial nint send(int socket, byte* buffer, nint length, int flags);

    [LibraryImport("libc")]
    private static partial nint sendmsg(int socket, Message* message, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int epoll, int operation, int descriptor, byte* watched);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int eventfd(uint value, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int accept4(int listener, byte* address, int* length, int flags);

    [LibraryImport("libc")]
    private static partial int getrlimit(int resource, ulong* limit);

    [LibraryImport("libc")]
    private static partial int setsockopt(int socket, int level, int option, void* value, int length);

    /// <summary>A piece of what is sent.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Piece
    {
        public byte* Start;
        public nint Length;
    }

    /// <summary>Several pieces sent in one call.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Message
    {
        public void* Name;
        public ulong NameLength;
        public Piece* Pieces;
        public nint PieceCount;
        public void* Control;
        public nint ControlLength;
        public ulong Flags;
    }
}
