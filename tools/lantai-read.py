#!/usr/bin/env python3
"""lantai-read.py - the independent reader of a Lantai store.

It needs Python 3.11 or later and nothing else, and it was written from the
text in spec/formats alone.  It never writes into a store.

  lantai-read.py [--json] list STORE
  lantai-read.py [--json] verify STORE [--key VKEY|FILE] [--checkpoint FILE]
  lantai-read.py [--json] extract STORE AIP[@N] --out DIR
  lantai-read.py [--json] proof DIP [--key VKEY|FILE]        (folder or zip)
  lantai-read.py [--json] receipt FILE [--key VKEY|FILE]

Each finding is one line, "CODE subject: text"; --json makes each line an object.
Exit: 0 clean, 1 findings, 2 could not check or wrong use.

Two things are left out, as the text allows: XXH3 (frames, blocks) and the check
sums inside LZ4 frames; the SHA-256 that follows each of them decides.
"""
import argparse, base64, contextlib, errno, hashlib, itertools, json, os, re, sqlite3, struct, sys, zipfile, zlib
from types import SimpleNamespace as Rec
from typing import Any, BinaryIO, Callable, Iterable, Iterator

ZERO = bytes(32)
JSON_LIMIT = 256 << 20          # most bytes of one JSON text (shard, record, proof) held in memory
CHUNK = 1 << 20
REMARKS = {"LED-008", "LED-009", "ROOT-004", "CHK-006"}
OUT = Rec(json=False, stream=sys.stdout, findings=0, remarks=0)

# ---------------------------------------------------------------- findings and small tools

class Damage(Exception):
    """Something read is not what the text asks; args: code, short text."""

class CannotCheck(Exception):
    """The tool cannot do its work at all: exit 2."""

def need(ok: Any, code: str, text: str) -> None:
    if not ok:
        raise Damage(code, text)

def clean(text: Any) -> str:
    """Names come from strangers: no control or unprintable character reaches the terminal."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in str(text))

def emit(line: str, **fields: Any) -> None:
    print(json.dumps(fields, ensure_ascii=True) if OUT.json else clean(line), file=OUT.stream)

def report(code: str, subject: str, text: str) -> None:
    if code in REMARKS:
        OUT.remarks += 1
    else:
        OUT.findings += 1
    emit(f"{code} {subject}: {text}", code=code, subject=clean(subject), text=clean(text))

@contextlib.contextmanager
def guard(code: str, subject: str) -> Iterator[None]:
    """Damage inside becomes a finding; what cannot be read or parsed becomes one with `code`."""
    try:
        yield
    except Damage as e:
        report(e.args[0], subject, e.args[1])
    except OSError as e:
        report(code, subject, f"cannot be read: {e.strerror or e}")
    except ValueError as e:
        report(code, subject, f"malformed: {e}")

def hash_all(parts: Iterable[bytes]) -> bytes:
    h = hashlib.sha256()
    for part in parts:
        h.update(part)
    return h.digest()

def sha(*parts: bytes) -> bytes:
    return hash_all(parts)

def at(f: BinaryIO, offset: int, length: int) -> bytes:
    f.seek(offset)
    return f.read(length)

def chunks(f: BinaryIO, offset: int, length: int) -> Iterator[bytes]:
    f.seek(offset)
    while length > 0 and (data := f.read(min(CHUNK, length))):
        length -= len(data)
        yield data

def sha_range(f: BinaryIO, offset: int, length: int) -> bytes:
    return hash_all(chunks(f, offset, length))

def sha_file(path: str) -> str:
    with open(path, "rb") as f:
        return sha_range(f, 0, file_size(f)).hex()

def file_size(f: BinaryIO) -> int:
    return f.seek(0, 2)

def up(n: int, to: int) -> int:
    return (n + to - 1) // to * to

def read_small(path: str, limit: int = JSON_LIMIT) -> bytes:
    with open(path, "rb") as f:
        data = f.read(limit + 1)
    if len(data) > limit:
        raise OSError(errno.EFBIG, "larger than this reader is ready to hold", path)
    return data

DIGEST, UUID, TIME = (re.compile(p).fullmatch for p in (
    "[0-9a-f]{64}", "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z"))
def is_digest(v: Any) -> bool: return isinstance(v, str) and bool(DIGEST(v))
def is_id(v: Any) -> bool: return isinstance(v, str) and bool(UUID(v))
def is_time(v: Any) -> bool: return isinstance(v, str) and bool(TIME(v))
def is_text(v: Any) -> bool: return isinstance(v, str) and v != ""
def is_count(v: Any) -> bool: return isinstance(v, int) and v >= 0
def is_dict(v: Any) -> bool: return isinstance(v, dict)
def is_hashes(v: Any) -> bool: return isinstance(v, list) and all(map(is_digest, v))

def lacks(obj: dict, **tests: Callable[[Any], bool]) -> str | None:
    """The first member that is absent or of the wrong form."""
    return next((name for name, test in tests.items() if name not in obj or not test(obj[name])), None)

def unbase64(text: str) -> bytes:
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("base64 is not canonical")
    return data

# ---------------------------------------------------------------- json.md

def parse_json(data: bytes) -> dict:
    """Canonical JSON object: parse, write again, compare; ValueError otherwise."""
    def no_float(_: str) -> None:
        raise ValueError("only strings and integers are allowed")
    def pairs(items: list) -> dict:
        if len(found := dict(items)) != len(items):
            raise ValueError("a member stands twice")
        return found
    def ordered(v: Any, depth: int) -> Any:
        if isinstance(v, (bool, type(None))) or depth > 15 and isinstance(v, (dict, list)) or isinstance(v, int) and abs(v) > 2**53 - 1:
            raise ValueError("a value out of bounds")
        if isinstance(v, dict):
            return {k: ordered(v[k], depth + 1) for k in sorted(v, key=lambda k: k.encode("utf-16-be"))}
        return [ordered(i, depth + 1) for i in v] if isinstance(v, list) else v
    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=pairs, parse_float=no_float, parse_constant=no_float)
        again = json.dumps(ordered(value, 0), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    except RecursionError:
        raise ValueError("nested too deep") from None
    if again != data or not isinstance(value, dict):
        raise ValueError("not in canonical form")
    return value

# ---------------------------------------------------------------- tree.md: RFC 6962

def leaf_hash(data: bytes) -> bytes: return sha(b"\0", data)
def node_hash(left: bytes, right: bytes) -> bytes: return sha(b"\1", left, right)

def tree_add(stack: list[bytes], count: int, leaf: bytes) -> int:
    """stack: the roots of the complete subtrees so far; count: leaves before this one."""
    n = count
    while n & 1:
        leaf, n = node_hash(stack.pop(), leaf), n >> 1
    stack.append(leaf)
    return count + 1

def tree_root(stack: list[bytes]) -> bytes:
    if not stack:
        return sha(b"")
    root = stack[-1]
    for left in reversed(stack[:-1]):
        root = node_hash(left, root)
    return root

def path_root(index: int, size: int, leaf: bytes, path: list[str]) -> bytes | None:
    """The root that an audit path leads to (RFC 9162, 2.1.3.2); None when the path does not fit."""
    if not 0 <= index < size:
        return None
    fn, sn = index, size - 1
    for step in map(bytes.fromhex, path):
        if sn == 0:
            return None
        if fn & 1 or fn == sn:
            leaf = node_hash(step, leaf)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            leaf = node_hash(leaf, step)
        fn, sn = fn >> 1, sn >> 1
    return leaf if sn == 0 else None

# ---------------------------------------------------------------- Ed25519 (RFC 8032), verify only

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P

def ed_add(a: tuple, b: tuple) -> tuple:
    A, B = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    C, E = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = B - A, E - C, E + C, B + A
    return e * f % P, g * h % P, f * g % P, e * h % P

def ed_mul(s: int, point: tuple) -> tuple:
    total = (0, 1, 1, 0)
    while s:
        if s & 1:
            total = ed_add(total, point)
        point, s = ed_add(point, point), s >> 1
    return total

def ed_point(data: bytes) -> tuple | None:
    y, sign = int.from_bytes(data, "little") & (1 << 255) - 1, data[31] >> 7
    if y >= P:
        return None
    xx = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(xx, (P + 3) // 8, P)
    if (x * x - xx) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - xx) % P or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P

ED_BASE = ed_point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))

def ed_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r, s = ed_point(public), ed_point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    if not (ax := ed_mul(8, a))[0] % P and ax[1] % P == ax[2] % P:
        return False                                     # a key of small order signs anything
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % Q
    left, right = ed_mul(s, ED_BASE), ed_add(r, ed_mul(k, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0

# ---------------------------------------------------------------- note.md: signed notes and keys

def parse_key(text: str) -> tuple[str, bytes, bytes]:
    """name+hex8+base64(01 || public key) -> name, key id, public key."""
    name, key_id, data = text.split("+", 2)
    raw = unbase64(data)
    if not name or len(raw) != 33 or raw[0] != 1 or re.search(r"\s", name):
        raise ValueError("not an Ed25519 verifier key")
    if not re.fullmatch("[0-9a-f]{8}", key_id) or sha(name.encode(), b"\n", raw)[:4].hex() != key_id:
        raise ValueError("the key id does not follow from the key")
    return name, bytes.fromhex(key_id), raw[1:]

def parse_note(data: bytes) -> tuple[str, list[tuple[str, bytes, bytes]]]:
    """Text (ending in a newline) and signatures: name, key id, signature bytes."""
    text = data.decode("utf-8")
    if len(data) > 1 << 20 or re.search("[\0-\x09\x0b-\x1f]", text):
        raise ValueError("a note over 1 MiB or with a control character")
    cut = text.rfind("\n\n")
    lines = text[cut + 2:].split("\n")
    if cut < 0 or lines.pop() != "" or not 1 <= len(lines) <= 64:
        raise ValueError("no signatures, or too many")
    signatures = []
    for line in lines:
        if not (m := re.fullmatch(r"\u2014 ([^\s+]+) ([A-Za-z0-9+/=]+)", line)) or len(raw := unbase64(m[2])) < 5:
            raise ValueError("a malformed signature line")
        signatures.append((m[1], raw[:4], raw[4:]))
    return text[:cut + 1], signatures

def signed_by(note: tuple[str, list], keys: Iterable[tuple]) -> bool:
    """True when one of the keys made one of the signatures; other signature lines are ignored."""
    return any(n == name and i == key_id and ed_verify(public, note[0].encode(), s)
               for name, key_id, public in keys for n, i, s in note[1])

def has_false_line(note: tuple[str, list], keys: Iterable[tuple]) -> bool:
    """True when a line claims to be by one of the keys and is not."""
    return any(n == name and i == key_id and not ed_verify(public, note[0].encode(), s) for name, key_id, public in keys for n, i, s in note[1])

def follow(first: tuple, origin: str, statements: Iterable[str]) -> tuple[list[tuple], list[int]]:
    """The keys from the first one on, and the places of statements that are malformed or not signed by both their keys."""
    keys, wrong = [first], []
    for place, statement in enumerate(statements):
        try:
            note = parse_note(statement.encode("utf-8"))
            title, log, old, new, end = note[0].split("\n")
            old_key, new_key = parse_key(old), parse_key(new)
            good = title == "lantai key rotation v1" and log == origin and not end and signed_by(note, [old_key]) and signed_by(note, [new_key])
        except ValueError:
            good = False
        if not good:
            wrong.append(place)
        elif old_key == keys[-1]:
            keys.append(new_key)
    return keys, wrong

def given_key(option: str | None) -> tuple | None:
    if option is None:
        return None
    try:
        return parse_key(option)
    except ValueError:
        pass
    try:
        return parse_key(read_small(option, 4096).decode("utf-8").strip())
    except (OSError, ValueError) as e:
        raise CannotCheck(f"--key is neither a verifier key nor a file that holds one: {e}") from None

def parse_checkpoint(data: bytes, origin: str | None) -> Rec:
    """checkpoint.md: origin, size, root; further lines are ignored."""
    try:
        note = parse_note(data)
        lines = note[0].split("\n")
        name, size, root = lines[0], lines[1], unbase64(lines[2])
        if not re.fullmatch("0|[1-9][0-9]{0,15}", size) or len(root) != 32 or len(lines) < 4:
            raise ValueError("size or root has not the right form")
    except (ValueError, IndexError) as e:
        raise Damage("CHK-001", f"malformed: {e}") from None
    need(origin is None or name == origin, "CHK-001", f"the origin is {name}, not {origin}")
    return Rec(note=note, origin=name, size=int(size), root=root)

# ---------------------------------------------------------------- frame.md

def lz4_block(src: bytes, history: bytes, most: int) -> bytes:
    out, base, i, n = bytearray(history), len(history), 0, len(src)
    while True:
        token = src[i]
        i += 1
        literals, match = token >> 4, (token & 15) + 4
        if literals == 15:
            while True:
                i += 1
                literals += src[i - 1]
                if src[i - 1] != 255:
                    break
        out += src[i:i + literals]
        i += literals
        if i >= n:
            break
        distance = src[i] | src[i + 1] << 8
        i += 2
        if match == 19:
            while True:
                i += 1
                match += src[i - 1]
                if src[i - 1] != 255:
                    break
        start = len(out) - distance
        need(distance and start >= 0 and len(out) - base + match <= most, "FRM-006", "LZ4: a match out of bounds")
        if distance >= match:
            out += out[start:start + match]
        else:
            out += (out[start:] * (match // distance + 1))[:match]
    need(i == n and len(out) - base <= most, "FRM-006", "LZ4: a block has the wrong length")
    return bytes(out[base:])

def lz4_frame(f: BinaryIO, left: int) -> Iterator[bytes]:
    """Decodes exactly one LZ4 frame of `left` bytes; memory is bounded by one block (4 MiB) and 64 KiB."""
    def take(n: int) -> bytes:
        nonlocal left
        need(n <= left, "FRM-006", "LZ4: the frame is cut short")
        left -= n
        return f.read(n)
    try:
        head = take(6)
        need(head[:4] == b"\x04\x22\x4d\x18", "FRM-006", "LZ4: no frame magic")
        flags, most = head[4], {4: 1 << 16, 5: 1 << 18, 6: 1 << 20, 7: 1 << 22}.get(head[5] >> 4, 0)
        need(flags >> 6 == 1 and not flags & 3 and most and not head[5] & 15, "FRM-006", "LZ4: a header this reader does not know")
        take((8 if flags & 8 else 0) + 1)                # content length, header check
        history = b""
        while size := struct.unpack("<I", take(4))[0]:
            need(size & 0x7FFFFFFF <= most, "FRM-006", "LZ4: a block is too large")
            data = take(size & 0x7FFFFFFF)
            if not size >> 31:
                data = lz4_block(data, history, most)
            if flags & 16:
                take(4)                                  # block check sum
            if not flags & 32:
                history = (history + data)[-65536:]      # blocks depend on each other
            yield data
        if flags & 4:
            take(4)                                      # content check sum
    except (IndexError, struct.error):
        raise Damage("FRM-006", "LZ4: malformed") from None
    need(left == 0, "FRM-006", "LZ4: bytes follow the frame")

FRAME_MAGIC = b"\x89LTF\r\n\x1a\n"
BLOB, MANIFEST, RECORD, DETAIL, COMMIT, PAD, WIPED, INDEX = range(1, 9)

def check_extensions(area: bytes, code: str) -> None:
    """TLV list: nothing is defined yet, so a critical type is refused and others are ignored."""
    i = 0
    while i + 4 <= len(area) and (kind := struct.unpack_from("<H", area, i)[0]):
        need(not kind & 0x8000, code, f"unknown critical extension {kind:#x}")
        i += 4 + struct.unpack_from("<H", area, i + 2)[0]
        need(i <= len(area), code, "extensions are malformed")
    need(not any(area[i:]), code, "extensions are not followed by zeros")

def frame_at(f: BinaryIO, offset: int, end: int, pack_id: bytes) -> Rec:
    """Everything about a frame but its payload.  Padding damage is kept in .damage, the rest raises."""
    head = at(f, offset, 120)
    need(head[:8] == FRAME_MAGIC, "FRM-001", "no frame begins here")
    need(len(head) == 120, "FRM-009", "the header is cut off")
    H = struct.unpack_from("<I", head, 12)[0]
    need(120 <= H <= 4096 and H % 8 == 0, "FRM-002", "the header length is out of range")
    head = at(f, offset, H)
    need(len(head) == H and sha(head[:-8])[:8] == head[-8:], "FRM-002", "the header check differs")
    version, kind, codec, digest_kind = head[8:12]
    S, N = struct.unpack_from("<QQ", head, 24)
    own, batch = struct.unpack_from("<QQ", head, 96)
    need(version == 1 and 1 <= kind <= 8 and codec <= 1 and digest_kind == 1, "FRM-003", "unknown version, kind, codec or digest")
    need(head[20:22] == bytes(2), "FRM-003", "unknown incompatible features")
    need(max(S, N) < 1 << 40 and (codec or S == N or kind == WIPED), "FRM-003", "lengths that cannot be")
    check_extensions(head[112:-8], "FRM-003")
    T = up(H + S + 8, 16)
    need(offset + T <= end, "FRM-009", "the frame ends behind the end of the file or of the committed bytes")
    need(head[80:96] == pack_id and own == offset, "FRM-004", "the frame belongs to another pack or offset")
    tail = at(f, offset + H + S, T - H - S)
    ok = not any(tail[:-8]) and tail[-8:] == struct.pack("<Q", T)
    return Rec(offset=offset, H=H, S=S, N=N, T=T, kind=kind, codec=codec, digest=head[40:72], batch=batch, head=head,
               damage=None if ok else ("FRM-008", "padding or back-length is wrong"))

def payload(f: BinaryIO, fr: Rec) -> Iterator[bytes]:
    """The original bytes in pieces.  Only who reads to the end without Damage may use them."""
    h, total = hashlib.sha256(), 0
    f.seek(fr.offset + fr.H)
    need(fr.codec == 0 or fr.N <= fr.S * 255, "FRM-006", "the original length cannot be true")
    for part in chunks(f, fr.offset + fr.H, fr.S) if fr.codec == 0 else lz4_frame(f, fr.S):
        total += len(part)
        need(total <= fr.N, "FRM-006", "decodes to more than its length")
        h.update(part)
        yield part
    need(total == fr.N, "FRM-006", "decodes to less than its length")
    need(h.digest() == fr.digest, "FRM-007", "the SHA-256 differs")

def check_payload(f: BinaryIO, fr: Rec) -> None:
    if fr.kind == WIPED:
        need(not any(map(any, chunks(f, fr.offset + fr.H, fr.S))), "FRM-005", "a wiped frame is not zero")
    elif fr.kind != PAD:
        for _ in payload(f, fr):
            pass

def next_frame(f: BinaryIO, offset: int, end: int, pack_id: bytes) -> int:
    """Recovery: the next place at a multiple of 16 where header check, pack id and own offset agree."""
    offset = up(offset, 16)
    while offset < end:
        window, i = at(f, offset, CHUNK), -1
        while (i := window.find(FRAME_MAGIC, i + 1)) >= 0:
            if i % 16 == 0:
                try:
                    return frame_at(f, offset + i, end, pack_id).offset
                except Damage:
                    pass
        offset += CHUNK                                  # a multiple of 16: no magic at such a place is cut
    return end

# ---------------------------------------------------------------- pack.md

def block_header(store: Rec, head: bytes, magic: bytes, ext_at: int, code: str, feature: str) -> None:
    """What the 4096-byte headers of packs and large objects have in common."""
    need(len(head) == 4096 and head[:16] == magic + b"\r\n\x1a" and sha(head[:4064]) == head[4064:], code, "magic or digest of the header is wrong")
    length, extensions = struct.unpack_from("<I", head, 16)[0], struct.unpack_from("<H", head, ext_at)[0]
    need(length == 4096 and extensions <= 864 and not any(head[160 + extensions:1024]), code, "a header field is out of range")
    need(head[28:32] == bytes(4), feature, "unknown incompatible features")
    check_extensions(head[160:160 + extensions], feature)
    store.id = store.id or head[32:48]                   # without a descriptor the first header counts
    need(store.id == head[32:48], code, "it belongs to another store")

def pack_header(store: Rec, head: bytes) -> bytes:
    block_header(store, head, b"LANTAI PACK 1", 104, "PCK-001", "PCK-002")
    group = struct.unpack_from("<H", head, 106)[0]
    need(1 <= group <= 48 and not any(head[108:112]) and re.fullmatch(b"[A-Za-z0-9._-]*", head[112:112 + group])
         and not any(head[112 + group:160]), "PCK-001", "the retention group is out of range")
    return head[48:64]

def scan_pack(store: Rec, path: str, sealed: bool, marks: dict[bytes, tuple], deep: bool) -> bytes | None:
    """Walks all frames, notes them in the table, checks chain, index and footer; gives the pack id."""
    subject, db = os.path.relpath(path, store.root), store.db
    number = len(store.packs)
    store.packs.append(path)
    with open(path, "rb") as f:
        size = file_size(f)
        pack_id = pack_header(store, head := at(f, 0, 4096))
        need(sealed or os.path.basename(path) == pack_id.hex() + ".pack", "PCK-001", "the name is not the pack id")
        mark, foot, end, seen = marks.get(pack_id), None, size, None
        if sealed:
            raw = at(f, max(size - 128, 4096), 128)
            foot = struct.unpack("<QQQQ", raw[16:48]) + (raw[48:80],) if len(raw) == 128 else (0,) * 5
            if (len(raw) != 128 or raw[:16] != b"LANTAI PACK END\n" or sha(raw[:96]) != raw[96:]
                    or foot[2] != size or raw[80:96] != pack_id):
                report("PCK-004", subject, "the footer is missing or wrong")
                foot = None
            end = size - 128 if foot else size
        elif mark:
            if size < mark[0]:
                report("PCK-007", subject, f"{size} bytes, but the ledger vouches for {mark[0]}")
            end = min(size, mark[0])                     # what follows is orphans or a torn tail: not referenced
        offset, batch, count, first, index = 4096, 1, 0, 4096, None
        chain = sha(head)
        running = hashlib.sha256(chain)
        while offset < end and index is None:
            try:
                fr = frame_at(f, offset, end, pack_id)
            except Damage as e:
                report(e.args[0], f"{subject}@{offset}", e.args[1])
                offset = next_frame(f, offset + 16, end, pack_id)
                continue
            good = fr.damage is None
            if not good:
                report(fr.damage[0], f"{subject}@{offset}", fr.damage[1])
            try:
                if deep or fr.kind == COMMIT:
                    check_payload(f, fr)
            except Damage as e:
                report(e.args[0], f"{subject}@{offset}", e.args[1])
                good = good and not deep and fr.kind != COMMIT
            offset += fr.T
            if fr.kind == INDEX:
                index = fr
            elif fr.kind == COMMIT:
                body = at(f, fr.offset + fr.H, 96)
                fields = struct.unpack("<32s32sQQQQ", body) if fr.S == 96 == len(body) else (ZERO, ZERO, batch, 0, 0, 0)
                if fields != (chain, running.digest(), batch, first, count, 0) or fr.batch != batch or fr.codec:
                    report("PCK-006", f"{subject}@{fr.offset}", f"the commit frame of batch {batch} does not continue the chain")
                chain, batch, count, first = fields[1], fields[2] + 1, 0, offset
                running = hashlib.sha256(chain)
                if mark and offset == mark[0]:
                    seen = (fields[2], chain)
            else:
                running.update(fr.head)
                count += 1
                if fr.batch != batch:
                    report("PCK-006", f"{subject}@{fr.offset}", f"a frame of batch {fr.batch} lies in batch {batch}")
                if fr.kind <= DETAIL:
                    db.execute("INSERT INTO frames VALUES (?,?,?,?,?,?,?)", (fr.digest, fr.kind, fr.codec, number, fr.offset, fr.T, int(good)))
        if mark and seen != mark[1:]:
            report("PCK-007", subject, "its batch and commit hash at the end of the committed bytes are not those of the last ledger trailer")
        if sealed:
            check_seal(store, f, subject, number, foot, index, pack_id, (batch - 1, chain, count, offset, end), deep)
    return pack_id

def check_seal(store: Rec, f: BinaryIO, subject: str, number: int, foot: tuple | None, index: Rec | None,
               pack_id: bytes, last: tuple, deep: bool) -> None:
    batches, chain, count, offset, end = last
    if index is None or count or index.batch != batches:
        return report("PCK-005", subject, "no index frame follows the last commit frame")
    if foot and (foot[0] != index.offset or foot[3] != batches or foot[4] != chain or foot[1] * 56 != index.N or offset != end):
        report("PCK-005", subject, "the footer does not agree with the frames")
    if deep:
        rows = store.db.execute("SELECT digest, offset, total, kind, codec FROM frames WHERE pack=? ORDER BY digest, offset", (number,))
        want = (struct.pack("<32sQQBB6x", *row) for row in rows)
        try:
            if any(a != b for a, b in itertools.zip_longest(want, split(payload(f, index), 56))):
                report("PCK-005", subject, "the index differs from the frames")
        except Damage:
            pass                                         # reported when the frame was met

def split(parts: Iterable[bytes], size: int) -> Iterator[bytes]:
    rest = b""
    for part in parts:
        rest += part
        whole = len(rest) - len(rest) % size
        yield from (rest[i:i + size] for i in range(0, whole, size))
        rest = rest[whole:]
    if rest:
        yield rest

def named_files(store: Rec, folder: str, suffix: str) -> Iterator[tuple[str, str]]:
    """packs/ab/cd/<sha256>.pack and large/ab/cd/<sha256>.large, in order; anything else is remarked."""
    def fail(e: OSError) -> None:
        raise e
    top = os.path.join(store.root, folder)
    for base, folders, names in os.walk(top, onerror=fail if os.path.isdir(top) else None):
        folders.sort()
        for name in sorted(names):
            digest, path = name.removesuffix(suffix), os.path.join(base, name)
            if is_digest(digest) and path == os.path.join(top, digest[:2], digest[2:4], digest + suffix):
                yield digest, path
            else:
                report("ROOT-004", os.path.relpath(path, store.root), "no file of this name belongs here")

def scan_packs(store: Rec, led: Rec, deep: bool) -> None:
    known = {row[0] for row in store.db.execute("SELECT subject FROM leaves WHERE type='pack sealed'")}
    found, ids = set(), set()
    for name, path in named_files(store, "packs", ".pack"):
        found.add(name)
        pack_id, subject = None, os.path.relpath(path, store.root)
        with guard("PCK-003", subject):
            if deep and sha_file(path) != name:
                report("PCK-003", subject, "the SHA-256 is not the name")
            ids.add(pack_id := scan_pack(store, path, True, led.packs, deep))
        if name not in known and pack_id not in led.packs:   # between its new name and its event the trailer still names it
            report("PCK-009", subject, "the ledger does not know this pack")
    for name in sorted(known - found):
        report("PCK-008", f"packs/{name[:2]}/{name[2:4]}/{name}.pack", "the ledger names it, but it is absent")
    for pack_id in sorted(led.packs.keys() - ids):       # open packs that no trailer names were never committed to
        subject = f"open/{pack_id.hex()}.pack"
        with guard("PCK-007", subject):
            need(os.path.lexists(path := os.path.join(store.root, subject)), "PCK-007", "the ledger names it, but it is absent")
            scan_pack(store, path, False, led.packs, deep)

# ---------------------------------------------------------------- large-object.md

def scan_large(store: Rec, deep: bool) -> None:
    for name, path in named_files(store, "large", ".large"):
        subject = os.path.relpath(path, store.root)
        with guard("LRG-004", subject), open(path, "rb") as f:
            object_id, N, good = large_object(store, f, subject, name, deep)
            store.db.execute("INSERT INTO large VALUES (?,?,?,?,?)", (bytes.fromhex(name), object_id, N, path, int(good)))

def large_object(store: Rec, f: BinaryIO, subject: str, name: str, deep: bool) -> tuple[bytes, int, bool]:
    size, head = file_size(f), at(f, 0, 4096)
    block_header(store, head, b"LANTAI FILE 1", 72, "LRG-001", "LRG-001")
    need(not any(head[74:160]), "LRG-001", "a reserved header byte is not zero")
    end = at(f, max(size - 160, 0), 160)
    need(len(end) == 160 and end[:16] == b"LANTAI FILE END\n" and sha(end[:128]) == end[128:], "LRG-002", "the trailer is missing or wrong")
    N, block, blocks, table = struct.unpack_from("<QQQQ", end, 32)
    need(end[16:32] == head[48:64] and block == 1 << 24 and blocks == up(N, block) // block and table == up(4096 + N, 16)
         and size == table + 40 * blocks + 160, "LRG-002", "the trailer disagrees with header or file length")
    good = True
    def bad(code: str, text: str) -> None:
        nonlocal good
        good = good and code != "LRG-004"                 # the content itself may still be right
        report(code, subject, text)
    if end[64:96].hex() != name:
        bad("LRG-004", "the trailer's digest of the content is not the name")
    if deep:
        if any(at(f, 4096 + N, table - 4096 - N)) or sha_range(f, table, 40 * blocks) != end[96:128]:
            bad("LRG-002", "padding or table is wrong")
        h = hashlib.sha256()
        for i in range(blocks):
            data = at(f, 4096 + i * block, min(block, N - i * block))
            h.update(data)
            if sha(data) != at(f, table + 40 * i + 8, 32):
                bad("LRG-003", f"block {i} differs from the table")
        if h.hexdigest() != name:
            bad("LRG-004", "the SHA-256 of the content is not the name")
    return head[48:64], N, good

# ---------------------------------------------------------------- ledger.md

def read_batch(f: BinaryIO, offset: int, end: int) -> Rec:
    h, leaves = hashlib.sha256(), []
    while True:
        head = at(f, offset, 8)
        need(len(head) == 8, "LED-003", "the batch has no end")
        length, tag = struct.unpack("<I4s", head)
        need(tag == b"LEAF" and 0 < length < 65536 or tag == b"BTCH" and 88 <= length <= 88 + 64 * 64, "LED-003", "no item begins here")
        body = at(f, offset + 8, up(length, 8))
        offset += 8 + len(body)
        need(len(body) == up(length, 8) and offset <= end and not any(body[length:]), "LED-003", "an item is cut short or badly padded")
        if tag == b"BTCH":
            break
        h.update(head + body)
        leaves.append(body[:length])
    number, first, count, packs = struct.unpack_from("<QQII", body)
    need(length == 88 + 64 * packs and count == len(leaves) > 0, "LED-003", "the trailer's counts are wrong")
    h.update(head + body[:-32])
    need(h.digest() == body[-32:], "LED-003", "the trailer's hash differs")
    marks = [struct.unpack_from("<16sQQ32s", body, 24 + 64 * i) for i in range(packs)]
    need(all(a[0] < b[0] for a, b in zip(marks, marks[1:])), "LED-003", "the trailer's packs are not in order")
    return Rec(leaves=leaves, number=number, first=first, packs={m[0]: m[1:] for m in marks}, prev=body[-64:-32], hash=body[-32:], end=offset)

def read_leaf(store: Rec, led: Rec, raw: bytes, subject: str, tell: bool) -> None:
    row = (None, None, None, None)
    try:
        leaf = parse_json(raw)
        if bad := lacks(leaf, seq=is_count, type=is_text, time=is_time, subject=is_text, prev=is_digest, commitment=is_digest) or len(leaf) > 6 and "seventh":
            raise ValueError(f"the member {bad} is absent or malformed")
        row = leaf["type"], leaf["time"], leaf["subject"], bytes.fromhex(leaf["commitment"])
        if tell and leaf["prev"] != led.leaf.hex():
            report("LED-004", subject, "`prev` is not the digest of the leaf before it")
        if tell and leaf["seq"] != led.seq:
            report("LED-005", subject, f"the sequence is {leaf['seq']}, {led.seq} is next")
        if leaf["time"] < led.time:
            report("LED-008", subject, "its time is earlier than that of the leaf before it")
        led.seq, led.time = leaf["seq"], leaf["time"]
    except ValueError as e:
        report("LED-006", subject, f"the leaf is not in canonical form: {e}")
    store.db.execute("INSERT INTO leaves VALUES (?,?,?,?,?,?)", (led.seq, *row, raw))
    led.leaf, led.seq = sha(raw), led.seq + 1

def read_segment(store: Rec, led: Rec, path: str, sealed: bool, covered: int) -> None:
    subject = os.path.relpath(path, store.root)
    with open(path, "rb") as f:
        size, head = file_size(f), at(f, 0, 256)
        if (len(head) != 256 or head[:16] != b"LANTAI LEDG 1\r\n\x1a" or head[16:20] != b"\0\1\0\0" or any(head[28:32])
                or any(head[176:224]) or sha(head[:224]) != head[224:]):
            report("LED-001", subject, "the segment header is wrong")
        else:
            want = struct.pack("<QQ32s32s32s", led.segment, led.seq, led.leaf, led.file, led.trailer)
            store.id = store.id or head[32:48]
            if head[32:48] != store.id or head[48:160] != want or head[168:176] != struct.pack("<Q", led.batch + 1):
                report("LED-007", subject, "the segment does not follow the one before it")
                led.broken = True
        offset, resumed = min(256, size), led.broken
        while offset < size:
            try:
                batch = read_batch(f, offset, size)
            except Damage as e:
                later, start = None, offset
                while later is None and (start := start + 8) < size:       # does a later valid trailer follow?
                    if at(f, start + 4, 4) == b"LEAF":
                        try:
                            later = read_batch(f, start, size) and start
                        except Damage:
                            pass
                if later is None and not sealed and covered <= led.seq:
                    report("LED-009", subject, f"a torn tail of {size - offset} bytes at {offset} ({e.args[1]})")
                    break
                report("LED-003", f"{subject}@{offset}", e.args[1])
                led.broken, resumed, offset = True, True, size if later is None else later
                continue
            if resumed:
                led.seq = batch.first                    # after damage the chain begins anew, without more noise
            elif (batch.number, batch.first, batch.prev) != (led.batch + 1, led.seq, led.trailer):
                report("LED-003", f"{subject}@{offset}", "the trailer does not continue the chain")
            for i, raw in enumerate(batch.leaves):
                read_leaf(store, led, raw, f"{subject}#{led.seq}", tell=not (resumed and i == 0))
            led.batch, led.trailer, led.packs, offset, resumed = batch.number, batch.hash, batch.packs, batch.end, False
        led.file = sha_range(f, 0, size)
    led.segment += 1
    if sealed and not path.endswith(f"-{led.file.hex()}.ledger"):
        report("LED-002", subject, "the SHA-256 is not the one in the name")

def read_ledger(store: Rec, covered: int) -> Rec:
    """All leaves into the table.  covered: the size of the largest checkpoint known."""
    led = Rec(seq=0, leaf=ZERO, file=ZERO, trailer=ZERO, batch=0, segment=0, time="", packs={}, broken=False)
    folder, opened = os.path.join(store.root, "ledger", "sealed"), os.path.join(store.root, "ledger", "open.ledger")
    todo = []
    for name in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        if m := re.fullmatch(r"([0-9]{16})-[0-9a-f]{64}\.ledger", name):
            todo.append((os.path.join(folder, name), True, int(m[1])))
        else:
            report("ROOT-004", f"ledger/sealed/{name}", "no file of this name belongs here")
    with guard("LED-001", "ledger/open.ledger"):
        with open(opened, "rb") as f:
            begin = int.from_bytes(at(f, 56, 8), "little")
        todo = [t for t in todo if t[2] != begin]            # a twin, left by a crash while sealing: the open segment counts
        todo.append((opened, False, None))
    for path, sealed, first in todo:
        if first not in (None, led.seq) and not led.broken:
            report("LED-007", os.path.relpath(path, store.root), f"the name says sequence {first}, {led.seq} is next")
        try:
            read_segment(store, led, path, sealed, covered)
        except OSError as e:
            report("LED-001", os.path.relpath(path, store.root), f"cannot be read: {e.strerror}")
            led.broken = True
    return led

# ---------------------------------------------------------------- tree.md and checkpoint.md

def tile_names(size: int) -> set[str]:
    """The tiles and bundles of a tree of this size."""
    names = set()
    for level in ["entries", *range(8)]:
        have = size if level == "entries" else size >> 8 * level
        names |= {f"{level}/{tile_path(i)}" for i in range(have // 256)} | ({f"{level}/{tile_path(have // 256)}.p/{have % 256}"} if have % 256 else set())
    return names

def tile_path(index: int) -> str:
    name = f"{index % 1000:03}"
    while index := index // 1000:
        name = f"x{index % 1000:03}/{name}"
    return name

def check_tile(store: Rec, level: int | str, index: int, items: list[bytes], size: int) -> None:
    """The tile or bundle that a checkpoint of `size` needs must be what the items give."""
    width = min(256, max(0, (size if level == "entries" else size >> 8 * level) - index * 256))
    name = f"ledger/tile/{level}/{tile_path(index)}" + (f".p/{width}" if width < 256 else "")
    if width:
        with guard("TIL-001", name):
            need(os.path.lexists(path := os.path.join(store.root, name)), "TIL-002", "absent, although the checkpoint covers it")
            need(read_small(path, 256 * 65538) == b"".join(items[:width]), "TIL-001", "differs from what the leaves give")

def check_tree(store: Rec, size: int, wanted: set[int]) -> dict[int, bytes]:
    """Streams all leaves, checks every tile and bundle, gives the roots at the wanted sizes."""
    stack, roots, levels, bundle, n, wanted_tiles = [], {0: sha(b"")}, [[]], [], 0, tile_names(size)
    seen: list[int] = [0]                                # tiles already finished on each level
    def push(level: int, item: bytes) -> None:
        if level == len(levels):
            levels.append([])
            seen.append(0)
        levels[level].append(item)
        if len(levels[level]) == 256:
            check_tile(store, level, seen[level], levels[level], size)
            sub: list[bytes] = []
            for i, h in enumerate(levels[level]):
                tree_add(sub, i, h)
            levels[level], seen[level] = [], seen[level] + 1
            push(level + 1, tree_root(sub))
    for (raw,) in store.db.execute("SELECT raw FROM leaves ORDER BY rowid"):
        h = leaf_hash(raw)
        bundle.append(struct.pack(">H", len(raw)) + raw)
        n = tree_add(stack, n, h)
        if n in wanted:
            roots[n] = tree_root(stack)
        if n % 256 == 0:
            check_tile(store, "entries", n // 256 - 1, bundle, size)
            bundle = []
        push(0, h)
    for level, items in enumerate(levels):
        if items:
            check_tile(store, level, seen[level], items, size)
    if bundle:
        check_tile(store, "entries", n // 256, bundle, size)
    top = os.path.join(store.root, "ledger", "tile")
    for base, _, names in os.walk(top):
        for file in names:
            name = os.path.relpath(os.path.join(base, file), top).replace(os.sep, "/")
            if name not in wanted_tiles:
                report("ROOT-004", f"ledger/tile/{name}", "the checkpoint's tree has no such tile")
    return roots

def read_checkpoint(store: Rec, path: str, subject: str) -> Rec | None:
    with guard("CHK-001", subject):
        return parse_checkpoint(read_small(path, 1 << 20), store.origin)

# ---------------------------------------------------------------- layout.md

ROOT_NAMES = {"lantai.json", "log.vkey", "spec", "lantai-read.py", "README.txt", "packs", "open", "large", "ledger", "index",
              "catalogue", "audit", "staging", "quarantine", "run", "reserve"}

def open_store(root: str) -> Rec:
    if not os.path.isdir(root) or not any(os.path.lexists(os.path.join(root, n)) for n in ("lantai.json", "ledger")):
        raise CannotCheck(f"{root}: no store is here")
    db = sqlite3.connect("")                             # a temporary file: memory stays bounded however large the store is
    db.executescript("""
        PRAGMA journal_mode=OFF;
        CREATE TABLE frames (digest BLOB, kind INT, codec INT, pack INT, offset INT, total INT, good INT);
        CREATE INDEX frame ON frames (digest); CREATE INDEX frame2 ON frames (pack, digest, offset);
        CREATE TABLE large (digest BLOB, object BLOB, length INT, path TEXT, good INT);
        CREATE INDEX large1 ON large (digest); CREATE INDEX large2 ON large (object);
        CREATE TABLE leaves (seq INT, type TEXT, time TEXT, subject TEXT, commitment BLOB, raw BLOB);
        CREATE INDEX leaf1 ON leaves (type);
        CREATE TABLE versions (aip TEXT, version INT, manifest TEXT, time TEXT, files INT, bytes INT, source TEXT, submission TEXT);
        CREATE INDEX version ON versions (aip, version);""")
    store = Rec(root=root, db=db, id=None, origin=None, packs=[])
    try:
        data = read_small(os.path.join(root, "lantai.json"), 1 << 20)
        if data[-1:] != b"\n":
            raise ValueError("no newline ends it")
        d = parse_json(data[:-1])
        bad = lacks(d, format=lambda v: v == "lantai-store/1", store=is_id, origin=is_text, created=is_time, packSize=is_count,
                    largeFrom=is_count, segmentSize=is_count, incompatible=lambda v: isinstance(v, list))
        if bad or d["origin"] != "lantai/" + d["store"]:
            raise ValueError(f"the member {bad or 'origin'} is absent or malformed")
        store.id, store.origin = bytes.fromhex(d["store"].replace("-", "")), d["origin"]
        if d["incompatible"]:
            report("ROOT-001", "lantai.json", "it names a feature that this reader does not know")
            raise CannotCheck("the store must not be read without knowing its features")
    except FileNotFoundError:
        report("ROOT-003", "lantai.json", "absent")
    except (OSError, ValueError) as e:
        report("ROOT-001", "lantai.json", f"malformed: {e}")
    return store

def check_root(store: Rec, files: dict) -> None:
    """files: relative path -> digest, from the detail of the first event and those of fixity checks."""
    for name in sorted(os.listdir(store.root)):
        if name not in ROOT_NAMES:
            report("ROOT-004", name, "nothing of this name belongs into the root")
    for base, _, names in os.walk(os.path.join(store.root, "spec")):
        for name in (os.path.relpath(os.path.join(base, n), store.root) for n in names):
            if files and name.replace(os.sep, "/") not in files:
                report("ROOT-004", name, "the first event does not name it")
    for name, digest in files.items():
        with guard("ROOT-002", name):
            need(is_digest(digest) and "\0" not in name and not os.path.isabs(name) and ".." not in name.split("/"),
                 "EVT-004", "a path or digest in an event is malformed")
            need(os.path.lexists(path := os.path.join(store.root, name)), "ROOT-003", "absent, although an event names it")
            need(sha_file(path) == digest, "ROOT-002", "differs from the digest in its event")
    reserve = os.path.join(store.root, "reserve")
    if os.path.lexists(reserve):
        with guard("ROOT-005", "reserve"), open(reserve, "rb") as f:
            need(not any(map(any, chunks(f, 0, file_size(f)))), "ROOT-005", "it is not zero")

# ---------------------------------------------------------------- finding bytes by digest

def sources(store: Rec, digest: str, kind: int) -> Iterator[Iterator[bytes]]:
    """Each copy that is held, as pieces; a piece-wise reader must drop all when Damage comes."""
    for pack, offset in store.db.execute(f"SELECT pack, offset FROM frames WHERE digest=? AND good=1 AND kind={kind}", (bytes.fromhex(digest),)).fetchall():
        try:
            with open(store.packs[pack], "rb") as f:
                pack_id = at(f, 48, 16)
                yield payload(f, frame_at(f, offset, file_size(f), pack_id))
        except (Damage, OSError):
            continue

def large_source(path: str, length: int, digest: str) -> Iterator[bytes]:
    h = hashlib.sha256()
    with open(path, "rb") as f:
        for part in chunks(f, 4096, length):
            h.update(part)
            yield part
    need(h.hexdigest() == digest, "LRG-004", "the SHA-256 of the content is not the name")

def load(store: Rec, digest: str, kind: int) -> bytes | None:
    """A small thing (record, detail, root, shard) as verified bytes, or None when it is not held."""
    for parts in sources(store, digest, kind):
        data = bytearray()
        try:
            for part in parts:
                data += part
                need(len(data) <= JSON_LIMIT, "FRM-006", "larger than this reader is ready to hold")
            return bytes(data)
        except (Damage, OSError):
            continue
    return None

# ---------------------------------------------------------------- manifest.md

def parse_entry(line: bytes) -> tuple[dict, bytes]:
    """An entry and its path bytes."""
    try:
        e = parse_json(line)
        if bad := lacks(e, kind=lambda v: v in ("file", "folder"), salt=lambda v: isinstance(v, str) and re.fullmatch("[0-9a-f]{32}", v)):
            raise ValueError(f"the member {bad} is absent or malformed")
        if e["kind"] == "file" and (bad := lacks(e, length=is_count, sha256=is_digest)):
            raise ValueError(f"the member {bad} is absent or malformed")
        if is_text(e.get("path")) and "pathBytes" not in e:
            return e, e["path"].encode("utf-8")
        if bad := lacks(e, pathBytes=is_text, display=is_text, basis=lambda v: v in ("declared", "guessed", "escaped")) or "path" in e and "path":
            raise ValueError(f"the member {bad} is absent, malformed or one too many")
        path = unbase64(e["pathBytes"])
    except ValueError as e:
        raise Damage("MAN-001", f"an entry is not in canonical form: {e}") from None
    try:
        path.decode("utf-8")
    except UnicodeDecodeError:
        return e, path
    raise Damage("MAN-001", "pathBytes of an entry are valid UTF-8 and belong into `path`")

def parse_root(data: bytes) -> dict:
    def is_shard(v: Any) -> bool: return is_dict(v) and not lacks(v, count=is_count, digest=is_digest)
    try:
        root = parse_json(data)
        bad = lacks(root, format=lambda v: v == "lantai-manifest/1", aip=is_id, version=is_count, entriesRoot=is_digest,
                    counts=lambda v: is_dict(v) and not lacks(v, bytes=is_count, files=is_count, folders=is_count),
                    shards=lambda v: isinstance(v, list) and all(map(is_shard, v)))
        if bad or root["version"] < 1 or (is_digest(root["predecessor"]) if "predecessor" in root else None) is not (root["version"] > 1 or None):
            raise ValueError(f"the member {bad or 'version or predecessor'} is absent or malformed")
        return root
    except ValueError as e:
        raise Damage("MAN-001", f"the root is not in canonical form: {e}") from None

def load_root(store: Rec, digest: str, subject: str) -> dict | None:
    if (data := load(store, digest, MANIFEST)) is None:
        return report("MAN-007", subject, f"the manifest root {digest} is not held")
    with guard("MAN-001", subject):
        return parse_root(data)

def entries(store: Rec, root: dict, subject: str) -> Iterator[tuple[int, dict, bytes]]:
    """Place, entry and path of each entry; shards, order, counts and entriesRoot are checked on the way."""
    stack, n, before, whole = [], 0, b"", True
    counts = {"bytes": 0, "files": 0, "folders": 0}
    for i, shard in enumerate(root["shards"]):
        if (data := load(store, shard["digest"], MANIFEST)) is None:
            report("MAN-007", subject, f"shard {i} is not held")
            whole = False
            continue
        lines = data.split(b"\n")
        if lines.pop() != b"":
            report("MAN-001", subject, f"shard {i} does not end in a newline")
        if len(lines) != shard["count"] or not 0 < len(lines) <= 4096:
            report("MAN-001", subject, f"shard {i} has {len(lines)} entries, the root says {shard['count']}")
        for line in lines:
            stack_size, n = n, tree_add(stack, n, leaf_hash(line))
            try:
                e, path = parse_entry(line)
            except Damage as d:
                report(d.args[0], f"{subject}#{stack_size}", d.args[1])
                whole = False
                continue
            if path <= before and n > 1:
                report("MAN-003", f"{subject}#{stack_size}", "the path does not follow the one before it")
            before = path
            counts["folders" if e["kind"] == "folder" else "files"] += 1
            counts["bytes"] += e.get("length", 0)
            yield stack_size, e, path
    if whole and tree_root(stack).hex() != root["entriesRoot"]:
        report("MAN-002", subject, "`entriesRoot` does not follow from the shards")
    if whole and any(root["counts"][k] != v for k, v in counts.items()):
        report("MAN-004", subject, f"`counts` do not follow from the shards, which give {counts}")

def check_manifest(store: Rec, record: dict, detail: dict | None, subject: str) -> None:
    before, root = OUT.findings, load_root(store, record["manifest"], subject)
    if root is None:
        return
    if (root["aip"], root["version"]) != (record["aip"], record["version"]):
        report("MAN-005", subject, f"the root is that of {root['aip']} version {root['version']}")
    row = store.db.execute("SELECT manifest FROM versions WHERE aip=? AND version=?", (record["aip"], root["version"] - 1)).fetchone()
    if root.get("predecessor") != (row[0] if row else None):
        report("MAN-005", subject, "the predecessor is not the previous version")
    if any(k in root["counts"] and v != root["counts"][k] for k, v in record.get("counts", {}).items()):
        report("MAN-004", subject, "the counts in the record are not those of the root")
    content, n = hashlib.sha256(), 0
    for n, (place, e, path) in enumerate(entries(store, root, subject), 1):
        file = e["kind"] == "file"
        digest = bytes.fromhex(e["sha256"]) if file else ZERO
        content.update(struct.pack("<BI", 1 if file else 2, len(path)) + path + struct.pack("<Q", e["length"] if file else 0) + digest)
        if file and not held(store, digest, e["length"]):
            report("MAN-006", f"{subject}#{place}", f"its content {e['sha256']} ({e['length']} bytes) is not held")
    if detail and OUT.findings == before:
        if detail.get("contentDigest", content.hexdigest()) != content.hexdigest():
            report("EVT-004", subject, "`contentDigest` of the detail does not follow from the manifest")
        order = is_dict(detail.get("container")) and detail["container"].get("order")
        with guard("EVT-004", subject):
            need(not order or sorted(unbase64(order)[i:i + 4][::-1] for i in range(0, len(unbase64(order)), 4)) == [struct.pack(">I", i) for i in range(n)],
                 "EVT-004", "`order` of the container is no permutation of the entries")

def held(store: Rec, digest: bytes, length: int) -> bool:
    if store.db.execute("SELECT 1 FROM large WHERE digest=? AND length=? AND good=1", (digest, length)).fetchone():
        return True
    for pack, offset in store.db.execute("SELECT pack, offset FROM frames WHERE digest=? AND good=1 AND kind=1", (digest,)):
        with open(store.packs[pack], "rb") as f:
            if at(f, offset + 32, 8) == struct.pack("<Q", length):
                return True
    return False

# ---------------------------------------------------------------- event.md

DETAIL_OF = {                                            # the members that a detail of each type must have
    "store created": dict(files=is_dict, vkey=is_text), "owner epoch": dict(epoch=is_count),
    "ingestion": dict(source=is_text, submission=is_text, contentDigest=is_digest), "ingestion refused": {},
    "fixity check": dict(result=is_digest, file=is_text),
    "key rotated": dict(statement=is_text), "dissemination": {}}

def read_record(leaf: tuple, data: bytes, subject: str) -> dict | None:
    _, kind, time, about, _, _ = leaf
    with guard("EVT-002", subject):
        r = parse_json(data[32:])                        # a salt stands before the JSON
        bad = lacks(r, format=lambda v: v == "lantai-record/1", type=is_text, time=is_time, role=is_text, account=is_text,
                    outcome=lambda v: v in ("success", "refused", "findings"))
        bad = bad or kind == "ingestion" and lacks(r, aip=is_id, version=is_count, manifest=is_digest) or kind == "pack sealed" and lacks(r, pack=is_digest)
        bad = bad or kind in DETAIL_OF and lacks(r, detail=is_digest) or next((k for k, t in dict(
            counts=is_dict, detail=is_digest, objects=lambda v: isinstance(v, list) and all(map(is_id, v))).items() if k in r and not t(r[k])), None)
        need(not bad, "EVT-002", f"the member {bad} of the record is absent or malformed")
        if (r["type"], r["time"]) != (kind, time) or kind == "ingestion" and about != r["aip"] or kind == "pack sealed" and about != r["pack"]:
            report("EVT-005", subject, "record and leaf disagree")
        return r

def read_detail(store: Rec, record: dict, subject: str) -> dict | None:
    if "detail" not in record:
        return None
    if (data := load(store, record["detail"], DETAIL)) is None:
        return report("EVT-003", subject, "its detail is absent and no destruction covers it")
    with guard("EVT-004", subject):
        d = parse_json(data[32:])
        bad = lacks(d, format=lambda v: v == "lantai-detail/1", account=lambda v: is_dict(v) and v.get("id") == record["account"],
                    software=lambda v: bool(v)) or lacks(d, **DETAIL_OF.get(record["type"], {}))
        need(not bad, "EVT-004", f"the member {bad} of the detail is absent or malformed")
        return d

def events(store: Rec) -> Iterator[tuple[int, str, dict, dict | None]]:
    """Every event with record and detail; versions are noted after the caller has seen them."""
    for leaf in store.db.execute("SELECT * FROM leaves ORDER BY rowid"):
        seq, kind = leaf[:2]
        if kind is None:
            continue                                     # LED-006 was reported
        subject = f"event {seq}"
        if (data := load(store, leaf[4].hex(), RECORD)) is None:
            report("EVT-001", subject, f"the record of this {kind} is absent")
            continue
        if (record := read_record(leaf, data, subject)) is None:
            continue
        detail = read_detail(store, record, subject)
        yield seq, subject, record, detail
        if kind == "ingestion":
            counts, d = record.get("counts", {}), detail or {}
            if store.db.execute("SELECT 1 FROM versions WHERE aip=? AND version=?", (record["aip"], record["version"])).fetchone():
                report("MAN-005", subject, f"version {record['version']} of {record['aip']} was ingested before")
            store.db.execute("INSERT INTO versions VALUES (?,?,?,?,?,?,?,?)", (record["aip"], record["version"], record["manifest"], leaf[2],
                             *(c if is_count(c := counts.get(k)) else None for k in ("files", "bytes")), d.get("source"), d.get("submission")))

# ---------------------------------------------------------------- commands on a store

def verify(store: Rec, key: tuple | None, outside_path: str | None) -> None:
    path = os.path.join(store.root, "ledger", "checkpoint")
    checkpoint = read_checkpoint(store, path, "ledger/checkpoint")
    outside = read_checkpoint(store, outside_path, outside_path) if outside_path else None
    led = read_ledger(store, max((c.size for c in (checkpoint, outside) if c), default=0))
    leaves = store.db.execute("SELECT count(*) FROM leaves").fetchone()[0]
    scan_packs(store, led, deep=True)
    scan_large(store, deep=True)
    statements, files, first_key = [], {}, None
    for seq, subject, record, detail in events(store):
        if record["type"] == "store created" and detail:
            if seq != 0:
                report("EVT-005", subject, "a store is created by its first event only")
                continue
            files |= detail["files"]
            if "lantai.json" not in files:
                report("EVT-004", subject, "`files` lacks lantai.json")
            try:
                first_key = parse_key(detail["vkey"])
            except ValueError as e:
                report("EVT-004", subject, f"`vkey`: {e}")
        elif record["type"] == "fixity check" and detail:
            files[detail["file"]] = detail["result"]
        elif record["type"] == "key rotated" and detail:
            statements.append((subject, detail["statement"]))
        elif record["type"] == "ingestion":
            name = f"{record['aip']}@{record['version']}"
            for object_id in record.get("objects", []):
                if not store.db.execute("SELECT 1 FROM large WHERE object=?", (bytes.fromhex(object_id.replace("-", "")),)).fetchone():
                    report("LRG-005", name, f"the large object {object_id} is absent")
            check_manifest(store, record, detail, name)
    check_root(store, files)
    check_keys(store, key, first_key, statements, checkpoint, outside, outside_path)
    # Root and tiles follow from the leaves; when leaves are missing, nothing more can be said about them.
    roots = {} if led.broken else check_tree(store, checkpoint.size if checkpoint else 0, {c.size for c in (checkpoint, outside) if c})
    if checkpoint and checkpoint.size > leaves:
        report("CHK-004", "ledger/checkpoint", f"it covers {checkpoint.size} leaves, the ledger holds {leaves}")
    elif checkpoint and roots and roots[checkpoint.size] != checkpoint.root:
        report("CHK-003", "ledger/checkpoint", "its root is not the ledger's")
    if outside and (outside.size > leaves or roots and roots[outside.size] != outside.root):
        report("CHK-005", outside_path, f"the ledger, with {leaves} leaves, does not extend this checkpoint over {outside.size}")

def check_keys(store: Rec, key: tuple | None, first_key: tuple | None, statements: list, checkpoint: Rec | None,
               outside: Rec | None, outside_path: str | None) -> None:
    """The chain begins at the first event's key and follows the statements; its last key is the current one."""
    texts, current = [s for _, s in statements], None
    chain, wrong = follow(first_key, store.origin, texts) if first_key else ([], [])
    for place in wrong:
        report("EVT-004", statements[place][0], "the statement is malformed or not signed by both its keys")
    try:
        line = read_small(os.path.join(store.root, "log.vkey"), 4096).decode("utf-8")
        current = parse_key(line.removesuffix("\n"))
        need(line.endswith("\n") and (not chain or current == chain[-1]), "CHK-007", "it is not the current key, or no newline ends it")
    except (OSError, ValueError, Damage) as e:
        report("CHK-007", "log.vkey", f"absent or malformed: {e.args[-1]}")
    if key is None:
        report("CHK-006", "ledger/checkpoint", "self-asserted: no expected key was given, the store's own was used")
    accepted = follow(key, store.origin, texts)[0] if key else chain or [k for k in (current,) if k]
    for c, subject in ((checkpoint, "ledger/checkpoint"), (outside, outside_path)):
        if c and (not signed_by(c.note, accepted) or has_false_line(c.note, accepted)):
            report("CHK-002", subject, "no valid signature by an accepted key, or a false one in its name")

def scan(store: Rec) -> None:
    """For list and extract: leaves and headers only; contents are verified when they are read."""
    scan_packs(store, read_ledger(store, 0), deep=False)
    scan_large(store, deep=False)

def list_store(store: Rec) -> None:
    scan(store)
    for _ in events(store):
        pass
    for aip, version, _, time, files, size, source, submission in store.db.execute("SELECT * FROM versions ORDER BY rowid"):
        about = f"{source} / {submission}" if source else "(detail destroyed)"
        text = f"{aip}  v{version}  {time}  {'?' if files is None else files} files  {'?' if size is None else size} bytes  {about}"
        fields = dict(aip=aip, version=version, time=time, files=files, bytes=size, source=source, submission=submission)
        print(json.dumps(fields) if OUT.json else clean(text))

def unsafe(path: bytes) -> bool:
    """Paths that would climb out of the folder, or that no folder can hold."""
    return b"\0" in path or not {b"", b".", b".."}.isdisjoint(path.split(b"/"))

def extract(store: Rec, wanted: str, out: str) -> None:
    prefix, _, version = wanted.partition("@")
    if len(prefix) < 8 or version and not version.isdecimal():
        raise CannotCheck("give an AIP id or at least 8 characters of it, and @N for a version")
    if os.path.lexists(out) and (not os.path.isdir(out) or os.listdir(out)):
        raise CannotCheck(f"{out}: is not an empty folder")
    scan(store)
    for _ in events(store):
        pass
    rows = [r for r in store.db.execute("SELECT aip, version, manifest FROM versions ORDER BY rowid") if r[0].startswith(prefix.lower())]
    if len({r[0] for r in rows}) > 1:
        raise CannotCheck(f"{prefix}: more than one AIP begins like this")
    rows = [r for r in rows if not version or r[1] == int(version)]
    if not rows:
        raise CannotCheck(f"{wanted}: no such AIP or version")
    aip, number, manifest = max(rows, key=lambda r: r[1])
    subject = f"{aip}@{number}"
    root, base, done = load_root(store, manifest, subject), os.fsencode(out), 0
    if root is None:
        return
    if (root["aip"], root["version"]) != (aip, number):
        report("MAN-005", subject, f"the root is that of {root['aip']} version {root['version']}")
    os.makedirs(base, exist_ok=True)
    part = os.path.join(base, b".lantai-part")
    for place, e, path in entries(store, root, subject):
        name = f"{subject}#{place}"
        parts = path.split(b"/")
        if unsafe(path):
            report("MAN-001", name, "an absolute path, or one with empty, `.` or `..` parts, is refused")
            continue
        if e["kind"] == "file" and not write_part(store, e, part):
            report("MAN-006", name, f"its content {e['sha256']} is not held or damaged")
            continue
        own = parts[0] in (b".lantai-names", b".lantai-part")    # names that this tool uses itself
        try:
            if own:
                raise OSError(errno.EEXIST, "name in use")
            put(e, part, os.path.join(base, *parts))
        except OSError as err:
            if err.errno in (errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EROFS, errno.EACCES):
                raise
            stored = f".lantai-names/{place:08}"                 # too long, or the file system takes it for another's
            put(e, part, os.path.join(base, os.fsencode(stored)))
            line = {"stored": stored, **{k: e[k] for k in ("path", "pathBytes") if k in e}}
            with open(os.path.join(base, b".lantai-names", b"names.jsonl"), "ab") as f:
                f.write(json.dumps(line, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode() + b"\n")
        done += 1
    if os.path.lexists(part):
        os.unlink(part)
    emit(f"{subject}: {done} entries written to {out}", aip=aip, version=number, entries=done, out=out)

def put(e: dict, part: bytes, target: bytes) -> None:
    if e["kind"] == "folder":
        return os.makedirs(target, exist_ok=True)
    os.makedirs(os.path.dirname(target), exist_ok=True)
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, "exists already")
    os.rename(part, target)

def write_part(store: Rec, e: dict, part: bytes) -> bool:
    """Writes the content from the first copy that proves right; nothing unverified is left behind."""
    large = store.db.execute("SELECT path FROM large WHERE digest=? AND good=1", (bytes.fromhex(e["sha256"]),)).fetchall()
    for parts in itertools.chain(sources(store, e["sha256"], BLOB), (large_source(p, e["length"], e["sha256"]) for (p,) in large)):
        with open(part, "wb") as f:
            try:
                total = sum(f.write(piece) for piece in parts)
                if total == e["length"]:
                    return True
            except Damage:
                pass
    if os.path.lexists(part):
        os.unlink(part)
    return False

# ---------------------------------------------------------------- proof.md

def package_files(path: str) -> dict[bytes, tuple[int, Callable]]:
    """Name below the package -> length and opener, for a folder or a zip file."""
    files: dict[bytes, tuple[int, Callable]] = {}
    if os.path.isdir(path):
        top = os.fsencode(path)
        for base, folders, names in os.walk(top):
            for name in names + [d for d in folders if os.path.islink(os.path.join(base, d))]:
                full = os.path.join(base, name)
                if os.path.islink(full) or not os.path.isfile(full):
                    report("PRF-004", os.fsdecode(full), "neither a file nor a folder")
                else:
                    files[os.path.relpath(full, top).replace(os.fsencode(os.sep), b"/")] = (os.path.getsize(full), lambda full=full: open(full, "rb"))
    elif zipfile.is_zipfile(path):
        archive = zipfile.ZipFile(path)
        for info in archive.infolist():
            name = info.orig_filename.encode("utf-8" if info.flag_bits & 0x800 else "cp437", "surrogateescape")
            if name in files:
                report("PRF-001", clean(info.orig_filename), "stands twice in the zip file")
            elif not name.endswith(b"/"):
                files[name] = (info.file_size, lambda info=info: archive.open(info))
    else:
        raise CannotCheck(f"{path}: neither a folder nor a zip file")
    return files

def lines_of(files: dict, name: bytes) -> Iterator[bytes]:
    """Lines without their newline; a last line without one is malformed."""
    if name not in files:
        raise Damage("PRF-001", f"{name.decode()} is absent")
    with files[name][1]() as f:
        while line := f.readline(CHUNK * 16):
            need(line.endswith(b"\n"), "PRF-001", f"a line of {name.decode()} has no end or is too long")
            yield line[:-1]

def proof(path: str, key: tuple | None) -> None:
    files = package_files(path)
    need(b"proof/proof.json" in files, "PRF-001", "there is no proof/proof.json")
    with files[b"proof/proof.json"][1]() as f:
        data = f.read(JSON_LIMIT + 1)
    try:
        need(data.endswith(b"\n") and len(data) <= JSON_LIMIT, "PRF-001", "proof.json does not end in a newline or is too large")
        p = parse_json(data[:-1])
        bad = lacks(p, format=lambda v: v == "lantai-proof/1", scope=lambda v: v in ("complete", "partial"), origin=is_text, vkey=is_text, manifest=is_text,
                    leaf=is_text, sequence=is_count, record=is_text, salt=is_digest, treeSize=is_count, inclusion=is_hashes, checkpoint=is_text,
                    issued=is_time, entries=is_count)
        need(not bad and isinstance(p.get("rotations", []), list), "PRF-001", f"proof.json: the member {bad or 'rotations'} is absent or malformed")
        blob = unbase64(p["manifest"])
        root, leaf, record = parse_root(blob), parse_json(p["leaf"].encode()), parse_json(p["record"].encode())
        own, rotations = parse_key(p["vkey"]), [r for r in p.get("rotations", []) if isinstance(r, str)]
        names = {}
        for n in map(parse_json, lines_of(files, b"proof/names.jsonl") if b"proof/names.jsonl" in files else ()):
            need(re.fullmatch(r"\.lantai-names/[0-9]{8,}", str(n.get("stored"))) and is_text(n.get("path") or n.get("pathBytes")), "PRF-001", "a line of names.jsonl is malformed")
            names[n["path"].encode() if "path" in n else unbase64(n["pathBytes"])] = n["stored"].encode()
    except ValueError as e:
        raise Damage("PRF-001", f"malformed: {e}") from None
    except Damage as e:
        raise Damage("PRF-001", e.args[1]) from None
    entry_list(files, p, root, names)
    if sha(blob).hex() != record.get("manifest") or (root["aip"], root["version"]) != (record.get("aip"), record.get("version")):
        report("PRF-006", "proof.json", "the manifest root is not the one in the record")
    if sha(bytes.fromhex(p["salt"]), p["record"].encode()).hex() != leaf.get("commitment"):
        report("PRF-007", "proof.json", "salt and record do not give the leaf's commitment")
    elif any(record.get(k) != leaf.get(k) for k in ("type", "time")):
        report("PRF-007", "proof.json", "record and leaf disagree")
    try:
        c = parse_checkpoint(p["checkpoint"].encode(), p["origin"])
    except Damage as e:
        return report("PRF-001", "proof.json", f"checkpoint: {e.args[1]}")
    if leaf.get("seq") != p["sequence"] or p["treeSize"] != c.size or path_root(p["sequence"], c.size, leaf_hash(p["leaf"].encode()), p["inclusion"]) != c.root:
        report("PRF-008", "proof.json", "the leaf is not in the tree of the checkpoint")
    if key is None:
        report("CHK-006", "proof.json", "self-asserted: no expected key was given, the package's own was used")
    if not signed_by(c.note, follow(key, p["origin"], rotations)[0] if key else [own]):
        report("PRF-009", "proof.json", "the checkpoint is not signed by the expected key or one that rotations lead to")
    if not OUT.findings:
        text = f"proven: {p['scope']}, {p['entries']} entries of {root['aip']} version {root['version']}, held since {record.get('time')}, log {c.origin} at {c.size} leaves"
        emit(text, aip=root["aip"], version=root["version"], scope=p["scope"], entries=p["entries"], time=record.get("time"), origin=c.origin, treeSize=c.size)

def entry_list(files: dict, p: dict, root: dict, names: dict) -> None:
    """proof/entries.jsonl against the files under data/ and against entriesRoot."""
    left = {n for n in files if n.startswith(b"data/")}
    stack, n, last, size, before = [], 0, -1, root["counts"]["files"] + root["counts"]["folders"], b""
    for line in lines_of(files, b"proof/entries.jsonl"):
        try:
            if p["scope"] == "partial":
                x = parse_json(line)
                need(not lacks(x, entry=is_text, index=is_count, path=is_hashes) and x["index"] > last, "PRF-001", "malformed or not in order")
                last, line = x["index"], x["entry"].encode()
                if (r := path_root(last, size, leaf_hash(line), x["path"])) is None or r.hex() != root["entriesRoot"]:
                    report("PRF-005", f"entries.jsonl#{n}", "entry and path do not give entriesRoot")
            e, path = parse_entry(line)
            last, before, follows = n if p["scope"] == "complete" else last, path, path > before
            need(follows and names.get(path, b"x%08d" % last).endswith(b"%08d" % last), "PRF-001", "not in order, or stored under another number")
        except (Damage, ValueError) as err:
            report("PRF-001", f"entries.jsonl#{n}", err.args[-1])
            e = None
        n = tree_add(stack, n, leaf_hash(line)) if p["scope"] == "complete" else n + 1
        if e:
            stored = names.pop(path, None)
            if stored is None and (unsafe(path) or path.startswith(b".lantai-names/")):
                report("PRF-001", f"entries.jsonl#{n - 1}", "such a name needs a line in names.jsonl")
            elif e["kind"] == "file":
                disclosed_file(files, left, b"data/" + (stored or path), e)
    if names:
        report("PRF-001", "names.jsonl", "a line belongs to no entry")
    for extra in sorted(left):
        report("PRF-004", os.fsdecode(extra), "no entry discloses this file")
    if n != p["entries"] or p["scope"] == "complete" and n != size:
        report("PRF-001", "entries.jsonl", f"{n} entries, {p['entries']} were announced and the version has {size}")
    if p["scope"] == "complete" and tree_root(stack).hex() != root["entriesRoot"]:
        report("PRF-005", "entries.jsonl", "the entries do not give entriesRoot")

def disclosed_file(files: dict, left: set[bytes], name: bytes, e: dict) -> None:
    subject = name.decode("utf-8", "backslashreplace")
    if name not in files:
        return report("PRF-003", subject, "absent")
    left.discard(name)
    h, total = hashlib.sha256(), 0
    try:
        with files[name][1]() as f:
            while total <= e["length"] and (part := f.read(CHUNK)):
                total += len(part)
                h.update(part)
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError) as err:
        return report("PRF-002", subject, f"cannot be read: {err}")
    if total != e["length"] or h.hexdigest() != e["sha256"]:
        report("PRF-002", subject, "length or SHA-256 is not that of its entry")

# ---------------------------------------------------------------- receipt.md

def receipt(path: str, key: tuple | None) -> None:
    try:
        note = parse_note(read_small(path))
        title, origin, text, end = note[0].split("\n")
        r = parse_json(text.encode())
        bad = lacks(r, receipt=is_text, aip=is_id, version=is_count, manifest=is_digest, source=is_text, submission=is_text, accepted=is_time,
                    counts=is_dict, sequence=is_count, leaf=is_text, record=is_text, salt=is_digest, checkpoint=is_text, inclusion=is_hashes)
        if bad or title != "lantai receipt v1" or end:
            raise ValueError(f"the {'member ' + bad if bad else 'first line'} is absent or malformed")
        leaf, record, c = parse_json(r["leaf"].encode()), parse_json(r["record"].encode()), parse_checkpoint(r["checkpoint"].encode(), origin)
    except (ValueError, Damage) as e:
        return report("RCP-001", path, f"malformed: {e.args[-1]}")
    if key and not signed_by(note, [key]):
        report("RCP-002", path, "not signed by the expected key")
    if sha(bytes.fromhex(r["salt"]), r["record"].encode()).hex() != leaf.get("commitment") or r["receipt"] != str(leaf.get("commitment"))[:32]:
        report("RCP-003", path, "salt and record do not give the leaf's commitment")
    elif ((r["aip"], r["version"], r["manifest"], r["sequence"]) != (record.get("aip"), record.get("version"), record.get("manifest"), leaf.get("seq"))
          or leaf.get("subject") != r["aip"] or any(record.get("counts", {}).get(k, 0) != v for k, v in r["counts"].items()) or {record.get("time"), leaf.get("time")} != {r["accepted"]} or record.get("type") != leaf.get("type")):
        report("RCP-003", path, "record, leaf and receipt disagree")
    if path_root(r["sequence"], c.size, leaf_hash(r["leaf"].encode()), r["inclusion"]) != c.root:
        report("RCP-004", path, "the leaf is not in the tree of the checkpoint")
    if key and not signed_by(c.note, [key]):
        report("RCP-005", path, "its checkpoint is not signed by the expected key")
    if not key and not OUT.findings:                     # a receipt carries no key of its own
        raise CannotCheck("no signature was checked: give --key (all else is in order)")
    if not OUT.findings:
        emit(f"receipt {r['receipt']}: {r['aip']} version {r['version']}, accepted {r['accepted']}", receipt=r["receipt"], aip=r["aip"], version=r["version"], accepted=r["accepted"])

# ---------------------------------------------------------------- main

def run(args: argparse.Namespace) -> int:
    OUT.json = args.json
    if args.command in ("list", "extract"):
        OUT.stream = sys.stderr                          # there the standard output is for the answer
    try:
        key = given_key(getattr(args, "key", None))
        if args.command == "proof":
            proof(args.path, key)
        elif args.command == "receipt":
            receipt(args.path, key)
        else:
            store = open_store(args.path)
            if args.command == "verify":
                verify(store, key, args.checkpoint)
            elif args.command == "list":
                list_store(store)
            else:
                extract(store, args.aip, args.out)
    except Damage as e:
        report(e.args[0], args.path, e.args[1])
    if args.command == "verify":
        emit(f"{OUT.findings} findings, {OUT.remarks} remarks", findings=OUT.findings, remarks=OUT.remarks)
    return 1 if OUT.findings else 0

def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    parser = argparse.ArgumentParser(description="Reads and checks a Lantai store, a package or a receipt.")
    parser.add_argument("--json", action="store_true", help="one JSON object on each line")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, what in (("list", "STORE"), ("verify", "STORE"), ("extract", "STORE"), ("proof", "DIP"), ("receipt", "FILE")):
        command = commands.add_parser(name)
        command.add_argument("path", metavar=what)
        if name == "extract":
            command.add_argument("aip", metavar="AIP[@N]")
            command.add_argument("--out", required=True, metavar="DIR")
        elif name != "list":
            command.add_argument("--key", metavar="VKEY|FILE", help="the expected verifier key, from outside")
        if name == "verify":
            command.add_argument("--checkpoint", metavar="FILE", help="an earlier checkpoint, from outside")
    try:
        return run(parser.parse_args())
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        text: Any = "interrupted"
    except CannotCheck as e:
        text = e
    except Exception as e:                               # whatever bad input still brings about: one line, never a traceback
        text = f"cannot go on: {type(e).__name__}: {e}"
    print("lantai-read: " + clean(text), file=sys.stderr)
    return 2

if __name__ == "__main__":
    sys.exit(main())
