namespace Lantai.Tests.Vectors;

internal static class SingleVectors
{
    public static void Write(StoreImage store, ValidStore made)
    {
    }
}
