//! Real servers for the tests: started on unix sockets in temporary folders, stopped by pid when dropped.

pub mod servers;
