//! memmap2: maps that hold their file open.
//! source: memmap2 0.9 documentation
#[role(class = "mapping")] pub struct Mmap; #[role(class = "mapping")] pub struct MmapMut; #[role(class = "mapping")] pub struct MmapRaw;
impl Mmap { #[role(maps_memory)] pub unsafe fn map<T>(file: T) -> std::io::Result<Mmap> {} }
impl MmapMut { #[role(maps_memory)] pub unsafe fn map_mut<T>(file: T) -> std::io::Result<MmapMut> {} #[role(maps_memory)] pub fn map_anon(length: usize) -> std::io::Result<MmapMut> {} }
