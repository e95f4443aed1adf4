using Lantai.ArchivalStorage;

namespace Lantai.Administration;

/// <summary>Where a repository lies and who uses it.</summary>
/// <param name="Root">The store's root.</param>
/// <param name="KeyFolder">The folder of keys, outside the root.</param>
/// <param name="Passphrase">Opens the key when it is locked; null when it is not.</param>
/// <param name="Actor">Who acts.</param>
/// <param name="Time">The clock.</param>
public sealed record RepositorySettings(string Root, string KeyFolder, string? Passphrase, Actor Actor, TimeProvider Time);
