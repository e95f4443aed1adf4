namespace Lantai.StoreFormat;

/// <summary>
/// The codes of what can be wrong with a store's bytes. Each stands with its MUST sentence in
/// <c>spec/codes/storeformat.md</c> and with a text in both languages under <c>finding.CODE</c>.
/// </summary>
public static class Codes
{
#pragma warning disable CS1591 // each name says its sentence; the page holds it in full
    public const string FrameMagic = "FRM-001";
    public const string FrameHeaderCheck = "FRM-002";
    public const string FrameUnknown = "FRM-003";
    public const string FrameMisplaced = "FRM-004";
    public const string FrameStoredHash = "FRM-005";
    public const string FrameDecoding = "FRM-006";
    public const string FrameDigest = "FRM-007";
    public const string FramePadding = "FRM-008";
    public const string FrameOverrun = "FRM-009";

    public const string PackHeaderBad = "PCK-001";
    public const string PackUnknown = "PCK-002";
    public const string PackDigest = "PCK-003";
    public const string PackFooterBad = "PCK-004";
    public const string PackIndexDiffers = "PCK-005";
    public const string PackChain = "PCK-006";
    public const string PackNotAsVouched = "PCK-007";
    public const string PackMissing = "PCK-008";
    public const string PackUnlisted = "PCK-009";

    public const string LargeHeaderBad = "LRG-001";
    public const string LargeTrailerBad = "LRG-002";
    public const string LargeBlock = "LRG-003";
    public const string LargeDigest = "LRG-004";
    public const string LargeMissing = "LRG-005";

    public const string ManifestForm = "MAN-001";
    public const string ManifestRootDiffers = "MAN-002";
    public const string ManifestOrder = "MAN-003";
    public const string ManifestCounts = "MAN-004";
    public const string ManifestPredecessor = "MAN-005";
    public const string ContentMissing = "MAN-006";
    public const string ManifestMissing = "MAN-007";
    public const string EntryDigest = "MAN-008";

    public const string RecordMissing = "EVT-001";
    public const string RecordForm = "EVT-002";
    public const string DetailMissing = "EVT-003";
    public const string DetailForm = "EVT-004";
    public const string RecordLeafDiffer = "EVT-005";

    public const string SegmentHeaderBad = "LED-001";
    public const string SegmentDigest = "LED-002";
    public const string BatchBroken = "LED-003";
    public const string LeafChain = "LED-004";
    public const string LeafSequence = "LED-005";
    public const string LeafForm = "LED-006";
    public const string SegmentOrder = "LED-007";
    public const string ClockWentBack = "LED-008";
    public const string TornTail = "LED-009";

    public const string TileDiffers = "TIL-001";
    public const string TileMissing = "TIL-002";

    public const string CheckpointForm = "CHK-001";
    public const string CheckpointSignature = "CHK-002";
    public const string CheckpointRoot = "CHK-003";
    public const string CheckpointBeyond = "CHK-004";
    public const string CheckpointFork = "CHK-005";
    public const string KeySelfAsserted = "CHK-006";
    public const string VerifierKeyBad = "CHK-007";
    public const string FurtherSignature = "CHK-008";
    public const string SignatureUnsupported = "CHK-009";

    public const string ReceiptForm = "RCP-001";
    public const string ReceiptSignature = "RCP-002";
    public const string ReceiptRecord = "RCP-003";
    public const string ReceiptInclusion = "RCP-004";
    public const string ReceiptCheckpoint = "RCP-005";

    public const string ProofForm = "PRF-001";
    public const string ProofFileDiffers = "PRF-002";
    public const string ProofFileMissing = "PRF-003";
    public const string ProofFileExtra = "PRF-004";
    public const string ProofEntries = "PRF-005";
    public const string ProofManifest = "PRF-006";
    public const string ProofRecord = "PRF-007";
    public const string ProofInclusion = "PRF-008";
    public const string ProofSignature = "PRF-009";

    public const string DescriptorBad = "ROOT-001";
    public const string CopyDiffers = "ROOT-002";
    public const string CopyMissing = "ROOT-003";
    public const string RootStranger = "ROOT-004";
    public const string ReserveNotZero = "ROOT-005";
#pragma warning restore CS1591
}
