namespace Platform.Host.Transport;

/// <summary>What an event loop serves: a listener or a connection. It is called on the loop's thread only.</summary>
internal interface ILoopMember
{
    /// <summary>The descriptor that is watched.</summary>
    int Descriptor { get; }

    /// <summary>The events that are watched.</summary>
    uint Interest { get; }

    /// <summary>The number by which the loop knows it; no two members of a loop ever have the same one.</summary>
    ulong Key { get; set; }

    /// <summary>Something has happened on the descriptor.</summary>
    void Serve(uint events);

    /// <summary>Somebody has posted an order.</summary>
    void Obey(LoopOrder order);

    /// <summary>Serving it threw: it gives up.</summary>
    void Fail(Exception exception);
}

/// <summary>What another thread asks of a member on the loop's thread.</summary>
internal enum LoopOrder
{
    /// <summary>Be watched from now on.</summary>
    Begin,

    /// <summary>Go on reading or accepting.</summary>
    Resume,

    /// <summary>Wait for nothing any more.</summary>
    Abort,

    /// <summary>Leave the loop and close the descriptor.</summary>
    Close,
}
