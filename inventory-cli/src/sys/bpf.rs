//! bpf(2): a task iterator that copies the signal dispositions of one process out of the kernel. The target is neither
//! stopped nor touched. Needs Linux 6.1 (one task as the iterator's parameter), `CAP_BPF` and `CAP_PERFMON`.

use std::io;
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd};

/// Commands and types of linux/bpf.h.
const PROG_LOAD: libc::c_int = 5;
const LINK_CREATE: libc::c_int = 28;
const ITER_CREATE: libc::c_int = 33;
const TYPE_TRACING: u32 = 26;
const TRACE_ITER: u32 = 28;
/// Helpers of the kernel.
const PROBE_READ_KERNEL: i32 = 113;
const SEQ_WRITE: i32 = 127;

/// Bytes copied at once: a program has 512 bytes of stack.
const CHUNK: i32 = 256;

/// Where in the kernel's structures the dispositions are; read from its own description of them (BTF).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Type id of the function `bpf_iter_task`.
    pub iterator: u32,
    /// Offset of `task_struct.sighand`.
    pub sighand: i32,
    /// Offset of `sighand_struct.action`.
    pub action: i32,
    /// Bytes of `action`.
    pub length: i32,
}

/// The array `sighand_struct.action` of a process.
///
/// # Errors
///
/// The kernel's: `EPERM` without the capabilities, `EINVAL` or `ENOSYS` where the kernel has no such iterator.
pub fn dispositions(layout: &Layout, pid: i32) -> io::Result<Vec<u8>> {
    let program = load(layout)?;
    /// `union bpf_iter_link_info`, as its member `task`.
    #[repr(C)]
    struct Task {
        tid: u32,
        pid: u32,
        pid_fd: u32,
        unused: u32,
    }
    let task = Task { tid: u32::try_from(pid).unwrap_or(0), pid: 0, pid_fd: 0, unused: 0 };
    #[repr(C)]
    struct Link {
        program: u32,
        target: u32,
        kind: u32,
        flags: u32,
        info: u64,
        length: u32,
        unused: u32,
    }
    let link = Link {
        program: program.as_raw_fd().cast_unsigned(),
        target: 0,
        kind: TRACE_ITER,
        flags: 0,
        info: (&raw const task) as u64,
        length: u32::try_from(size_of::<Task>()).unwrap_or(0),
        unused: 0,
    };
    let link = call(LINK_CREATE, &link)?;
    let iterator = call(ITER_CREATE, &[link.as_raw_fd().cast_unsigned(), 0])?;
    let mut bytes = Vec::new();
    let most = u64::try_from(layout.length).unwrap_or(0);
    io::Read::read_to_end(&mut io::Read::take(std::fs::File::from(iterator), most), &mut bytes)?;
    Ok(bytes)
}

/// One instruction (Documentation/bpf/standardization/instruction-set.rst).
fn instruction(code: u8, to: u8, from: u8, offset: i16, value: i32) -> u64 {
    let [a, b] = offset.to_ne_bytes();
    let [c, d, e, f] = value.to_ne_bytes();
    let registers = if cfg!(target_endian = "little") { from << 4 | to } else { to << 4 | from };
    u64::from_ne_bytes([code, registers, a, b, c, d, e, f])
}

/// The program: nothing for no task, else `sighand->action` piece by piece into the iterator's output.
fn program(layout: &Layout) -> Vec<u64> {
    const LOAD: u8 = 0x79;
    let set = |to: u8, from: u8| instruction(0xbf, to, from, 0, 0);
    let number = |to: u8, value: i32| instruction(0xb7, to, 0, 0, value);
    let add = |to: u8, value: i32| instruction(0x07, to, 0, 0, value);
    let helper = |which: i32| instruction(0x85, 0, 0, 0, which);
    let mut body = vec![
        // r7 = context->meta->seq
        instruction(LOAD, 7, 1, 0, 0),
        instruction(LOAD, 7, 7, 0, 0),
        // r8 = task->sighand
        set(1, 10),
        add(1, -8),
        number(2, 8),
        set(3, 6),
        add(3, layout.sighand),
        helper(PROBE_READ_KERNEL),
        instruction(LOAD, 8, 10, -8, 0),
    ];
    let mut done = 0;
    while done < layout.length {
        let part = CHUNK.min(layout.length - done);
        body.extend([set(1, 10), add(1, -8 - CHUNK), number(2, part), set(3, 8), add(3, layout.action + done)]);
        body.extend([helper(PROBE_READ_KERNEL), set(1, 7), set(2, 10), add(2, -8 - CHUNK), number(3, part)]);
        body.push(helper(SEQ_WRITE));
        done += part;
    }
    let skip = i16::try_from(body.len()).unwrap_or(0);
    // r6 = context->task
    let mut all = vec![instruction(LOAD, 6, 1, 8, 0), instruction(0x15, 6, 0, skip, 0)];
    all.extend(body);
    all.extend([number(0, 0), instruction(0x95, 0, 0, 0, 0)]);
    all
}

fn load(layout: &Layout) -> io::Result<OwnedFd> {
    /// `union bpf_attr` as BPF_PROG_LOAD has it, up to `attach_btf_id`.
    #[repr(C)]
    struct Load {
        kind: u32,
        count: u32,
        instructions: u64,
        license: u64,
        log: [u32; 4],
        version: u32,
        flags: u32,
        name: [u8; 16],
        interface: u32,
        attach: u32,
        debug: [u32; 9],
        attach_to: u32,
        unused: [u32; 2],
    }
    let instructions = program(layout);
    let attributes = Load {
        kind: TYPE_TRACING,
        count: u32::try_from(instructions.len()).unwrap_or(0),
        instructions: instructions.as_ptr() as u64,
        // Both helpers are for programs under the GPL or a licence with it.
        license: c"Dual MIT/GPL".as_ptr() as u64,
        log: [0; 4],
        version: 0,
        flags: 0,
        name: *b"fork_inventory\0\0",
        interface: 0,
        attach: TRACE_ITER,
        debug: [0; 9],
        attach_to: layout.iterator,
        unused: [0; 2],
    };
    call(PROG_LOAD, &attributes)
}

fn call<T>(command: libc::c_int, attributes: &T) -> io::Result<OwnedFd> {
    // SAFETY: the kernel reads `size_of::<T>()` bytes of attributes; the pointers in them lead to values that live in the
    // callers' frames across this call. It writes nothing: no log is asked for.
    let fd = unsafe { libc::syscall(libc::SYS_bpf, command, (&raw const *attributes), size_of::<T>()) };
    let fd = i32::try_from(fd).map_err(|_| io::ErrorKind::InvalidData)?;
    if fd < 0 {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: these three commands answer with a new descriptor, which belongs to nobody else.
    Ok(unsafe { OwnedFd::from_raw_fd(fd) })
}
