using Lantai.DataManagement;
using Lantai.Tests.Contracts;

namespace Lantai.Tests.DataManagement;

public sealed class MemoryDocumentStoreTests : DocumentStoreContract
{
    protected override IDocumentStore Open() => new MemoryDocumentStore(Lookups);
}
