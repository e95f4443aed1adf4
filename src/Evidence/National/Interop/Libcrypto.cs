using System.Runtime.InteropServices;

namespace Lantai.Evidence.National.Interop;

/// <summary>OpenSSL's message digests. The library need not be there, nor SM3 in it: ask <see cref="HasSm3"/> first.</summary>
/// <remarks>Source: OpenSSL 3, manual pages EVP_MD_fetch, EVP_DigestInit and OpenSSL_version_num. Safe for concurrent use.</remarks>
internal static partial class Libcrypto
{
    private const string Library = "libcrypto.so.3";

    private static readonly nint Sm3 = Fetch();

    /// <summary>Whether OpenSSL is at hand and has SM3; some builds leave it out.</summary>
    public static bool HasSm3 => Sm3 != 0;

    /// <summary>The library with its version, as an inventory names it; only where it is at hand.</summary>
    public static string NameAndVersion
    {
        get
        {
            var number = (ulong)VersionNumber(); // 0xMNN00PP0
            return $"libcrypto {number >> 28}.{(number >> 20) & 0xFF}.{(number >> 4) & 0xFF}";
        }
    }

    /// <summary>A new state that is ready for the first bytes.</summary>
    /// <exception cref="InsufficientMemoryException">There is no memory for it.</exception>
    public static DigestHandle Begin()
    {
        var state = New();
        if (state.IsInvalid)
        {
            throw new InsufficientMemoryException("OpenSSL has no memory for a digest."); // it would write to address zero
        }

        Begin(state);
        return state;
    }

    /// <summary>Makes a state ready for the first bytes again.</summary>
    public static void Begin(DigestHandle state) => Check(Init(state, Sm3, 0));

    public static void Append(DigestHandle state, ReadOnlySpan<byte> bytes) => Check(Update(state, bytes, (nuint)bytes.Length));

    public static void Finish(DigestHandle state, Span<byte> digest) => Check(Final(state, digest, 0));

    /// <summary>The SM3 of bytes that are at hand whole.</summary>
    public static void Sm3Of(ReadOnlySpan<byte> bytes, Span<byte> digest) => Check(Whole(bytes, (nuint)bytes.Length, digest, 0, Sm3, 0));

    // The library has no reason to fail but want of memory.
    private static void Check(int answer)
    {
        if (answer != 1)
        {
            throw new InsufficientMemoryException("OpenSSL could not compute a digest.");
        }
    }

    private static nint Fetch()
    {
        if (!NativeLibrary.TryLoad(Library, out var library))
        {
            return 0;
        }

        string[] needed = ["EVP_MD_fetch", "EVP_MD_CTX_new", "EVP_MD_CTX_free", "EVP_DigestInit_ex", "EVP_DigestUpdate", "EVP_DigestFinal_ex", "EVP_Digest", "OpenSSL_version_num"];
        return Array.TrueForAll(needed, n => NativeLibrary.TryGetExport(library, n, out _)) ? Fetch(0, "SM3", null) : 0;
    }

    [LibraryImport(Library, EntryPoint = "EVP_MD_fetch", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Fetch(nint context, string algorithm, string? properties);

    [LibraryImport(Library, EntryPoint = "OpenSSL_version_num")]
    private static partial nuint VersionNumber();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_new")]
    private static partial DigestHandle New();

    [LibraryImport(Library, EntryPoint = "EVP_MD_CTX_free")]
    private static partial void Free(nint state);

    [LibraryImport(Library, EntryPoint = "EVP_DigestInit_ex")]
    private static partial int Init(DigestHandle state, nint algorithm, nint engine);

    [LibraryImport(Library, EntryPoint = "EVP_DigestUpdate")]
    private static partial int Update(DigestHandle state, ReadOnlySpan<byte> bytes, nuint count);

    [LibraryImport(Library, EntryPoint = "EVP_DigestFinal_ex")]
    private static partial int Final(DigestHandle state, Span<byte> digest, nint length);

    [LibraryImport(Library, EntryPoint = "EVP_Digest")]
    private static partial int Whole(ReadOnlySpan<byte> bytes, nuint count, Span<byte> digest, nint length, nint algorithm, nint engine);

    /// <summary>A state of OpenSSL's.</summary>
    internal sealed class DigestHandle() : SafeHandle(0, ownsHandle: true)
    {
        public override bool IsInvalid => handle == 0;

        protected override bool ReleaseHandle()
        {
            Free(handle);
            return true;
        }
    }
}

/// <summary>An SM3 of OpenSSL's under way.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class LibcryptoSm3 : IDisposable
{
    private readonly Libcrypto.DigestHandle _state = Libcrypto.Begin();

    public void Append(ReadOnlySpan<byte> bytes) => Libcrypto.Append(_state, bytes);

    public void Finish(Span<byte> digest)
    {
        Libcrypto.Finish(_state, digest);
        Libcrypto.Begin(_state);
    }

    public void Dispose() => _state.Dispose();
}
