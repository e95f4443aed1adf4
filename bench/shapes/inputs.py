"""Makes the long inputs: many small files, many small submissions, one large file. The same arguments give the same bytes."""
import hashlib
import os
import subprocess

PER_FOLDER = 1000


def small_bytes(number, length=200):
    """Bytes of a small file: all different, a line of text and the rest hexadecimal noise."""
    head = b'record %09d\n' % number
    noise = hashlib.shake_128(head).hexdigest((length - len(head) + 1) // 2).encode()
    return (head + noise)[:length]


def _written(path):
    return os.path.exists(path + '.made')


def _mark(path):
    with open(path + '.made', 'w'):
        pass


def many_files(folder, count):
    """One submission of COUNT files of 200 bytes, 1,000 in a folder."""
    if _written(folder):
        return folder
    for number in range(count):
        if number % PER_FOLDER == 0:
            part = os.path.join(folder, 'part-%04d' % (number // PER_FOLDER))
            os.makedirs(part, exist_ok=True)
        with open('%s/record-%06d.txt' % (part, number), 'wb', buffering=0) as file:
            file.write(small_bytes(number))
    _mark(folder)
    return folder


def many_submissions(folder, count):
    """COUNT submissions beside one another, a folder with one file of 200 bytes each."""
    if _written(folder):
        return folder
    os.makedirs(folder, exist_ok=True)
    for number in range(count):
        case = '%s/case-%06d' % (folder, number)
        os.makedirs(case, exist_ok=True)
        with open(case + '/record.txt', 'wb', buffering=0) as file:
            file.write(small_bytes(number))
    _mark(folder)
    return folder


def large_file(path, length):
    """One file of LENGTH bytes that does not compress and has no holes: a stream cipher over zeros."""
    if _written(path):
        return path
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'wb') as file:
        zeros = subprocess.Popen(['head', '-c', str(length), '/dev/zero'], stdout=subprocess.PIPE)
        subprocess.run(['openssl', 'enc', '-aes-128-ctr', '-nosalt', '-K', '00' * 16, '-iv', '00' * 16],
                       stdin=zeros.stdout, stdout=file, check=True)
        zeros.stdout.close()
        if zeros.wait() != 0:
            raise RuntimeError('the zeros ended early')
    _mark(path)
    return path
