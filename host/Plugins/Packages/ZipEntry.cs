namespace Platform.Host.Plugins.Packages;

/// <summary>One entry of an archive, as its directory has it.</summary>
/// <param name="Path">Its path; that of a folder without the <c>/</c> at its end.</param>
/// <param name="IsFolder">True for a folder.</param>
/// <param name="IsDeflated">True where it is compressed, false where it is stored.</param>
/// <param name="Checksum">The CRC-32 of its content.</param>
/// <param name="PackedBytes">Bytes in the archive.</param>
/// <param name="Bytes">Bytes of its content, as the archive says; believed only once they are counted.</param>
/// <param name="Offset">Where its own header begins.</param>
internal sealed record ZipEntry(string Path, bool IsFolder, bool IsDeflated, uint Checksum, long PackedBytes, long Bytes, long Offset);
