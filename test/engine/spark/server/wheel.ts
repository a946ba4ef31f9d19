import { execFileSync } from 'node:child_process';

/** Writes a wheel of a stand-in for pyspark, for pip to find in `folder` under PIP_FIND_LINKS: the real one is 490 MB. */
export function writeWheel(folder: string, version: string, files: readonly string[]): void {
  execFileSync('python3', ['-c', script, folder, version, ...files]);
}

const script = `
import sys, zipfile
folder, version, *files = sys.argv[1:]
info = f'pyspark-{version}.dist-info'
with zipfile.ZipFile(f'{folder}/pyspark-{version}-py3-none-any.whl', 'w') as wheel:
    for name in files:
        wheel.writestr(f'pyspark/{name}', '')
    wheel.writestr(f'{info}/METADATA', f'Metadata-Version: 2.1\\nName: pyspark\\nVersion: {version}\\n')
    wheel.writestr(f'{info}/WHEEL', 'Wheel-Version: 1.0\\nGenerator: test\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr(f'{info}/RECORD', '')
`;
