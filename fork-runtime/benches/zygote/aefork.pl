# AnyEvent::Fork, one process at a time, until its socket reports the end: aefork.pl new|new_exec MEGABYTES
# Each line of standard input is a count; the answer is the nanoseconds that one of so many took.
use strict;
use Time::HiRes qw(time);
use AnyEvent;
use AnyEvent::Fork;

my ($how, $megabytes) = @ARGV;
$| = 1;
# The template exists before the memory is taken.
my $first = AnyEvent::Fork->new;
undef $first;
my $memory = "x" x ($megabytes << 20);

sub one {
    my $done = AE::cv;
    my $watch;
    my $process = $how eq "new_exec" ? AnyEvent::Fork->new_exec : AnyEvent::Fork->new;
    $process->run("CORE::exit", sub {
        my $socket = shift;
        $watch = AE::io $socket, 0, sub {
            return unless defined sysread $socket, my $byte, 1;
            undef $watch;
            $done->send;
        };
    });
    my $pid = $process->pid;
    undef $process;
    $done->recv;
    waitpid $pid, 0 if $pid;
}

while (my $count = <STDIN>) {
    my $start = time;
    one() for 1 .. $count;
    printf "%.1f\n", (time - $start) * 1e9 / $count;
}
